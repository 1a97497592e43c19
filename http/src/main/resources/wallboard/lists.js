/* What is about to breach, as a countdown, and what did. */

import {ago, countdown, instant} from './format.js';
import {address, byId, element, reconcile, setText, symbol} from './page.js';
import {clockName, own, plain, policyName, texts} from './texts.js';

/** A wall shows as many as fit; a phone, these. */
const DUE_SHOWN = 7;
const ALERTS_SHOWN = 6;

let due = [];
let shownAlerts = [];
let highestSeq = null;

export function keepDue(clocks) {
  due = clocks.map((clock) => ({...clock, dueMs: instant(clock.due)}));
  byId('due-empty').hidden = due.length > 0;
  reconcile(byId('due'), due, (clock) => `${clock.ticket}/${clock.clock}/${clock.cycle}`, newDue);
  due.forEach((clock, index) => {
    const row = byId('due').children[index];
    setText(row.querySelector('.clock-name'), clockName(clock.clock));
    setText(row.querySelector('.policy'), policyName(clock.policy, clock.label));
  });
}

function newDue(clock) {
  const row = element('li');
  const what = element('span', 'what');
  what.append(element('b', 'clock-name'), element('span', 'policy'));
  const track = element('span', 'track');
  track.setAttribute('aria-hidden', 'true');
  track.append(element('span', 'rest'));
  row.append(element('span', 'left'), ticketLink(clock.ticket), what, track);
  return row;
}

function ticketLink(ticket) {
  const link = element('a', 'ticket', ticket);
  link.href = address('ticket.html', {id: ticket});
  return link;
}

/** Counts down; what has run out since the last frame makes room for what comes next. */
export function renderDue(nowMs) {
  let shown = 0;
  due.forEach((clock, index) => {
    const row = byId('due').children[index];
    const leftMs = clock.dueMs - nowMs;
    row.hidden = leftMs < 0 || shown === DUE_SHOWN;
    if (row.hidden) {
      return;
    }
    shown++;
    const targetMs = clock.target === null ? null : clock.target * 1_000;
    row.className = urgency(leftMs, targetMs);
    setText(row.querySelector('.left'), countdown(leftMs));
    const share = targetMs === null ? 1 : Math.min(1, leftMs / targetMs);
    row.querySelector('.rest').style.transform = `scaleX(${share.toFixed(3)})`;
  });
}

/** The last quarter of a target is soon; its very end, 5 s for short ones to a minute for long ones, is last. */
function urgency(leftMs, targetMs) {
  if (leftMs <= Math.min(60_000, Math.max(5_000, (targetMs ?? Infinity) / 200))) {
    return 'last';
  }
  return leftMs <= (targetMs ?? 3_600_000) / 4 ? 'soon' : '';
}

/** Newest first. A breach and its escalations are one row; the newest of them says how far it has come. */
export function keepAlerts(alerts) {
  const revoked = new Set(alerts.map((alert) => alert.revokes).filter(Boolean));
  const rows = new Map();
  for (const alert of alerts.filter((each) => each.kind !== 'revoked')) {
    const key = alert.kind === 'objective' ? alert.id : `${alert.ticket}/${alert.clock}/${alert.cycle}`;
    const known = rows.get(key);
    if (known === undefined) {
      rows.set(key, {...alert, key, revoked: revoked.has(alert.id)});
    } else if (known.revoked && !revoked.has(alert.id)) {
      rows.set(key, {...alert, key, revoked: false});
    }
  }
  shownAlerts = [...rows.values()].slice(0, ALERTS_SHOWN);
  renderAlerts();
  highestSeq = alerts.length === 0 ? highestSeq : alerts[0].seq;
}

/** Draws the rows again, as the language may be another. */
export function renderAlerts() {
  byId('alerts-empty').hidden = shownAlerts.length > 0;
  reconcile(byId('alerts'), shownAlerts, (alert) => `${alert.key}/${alert.seq}`, newAlert);
  shownAlerts.forEach((alert, index) => renderAlert(byId('alerts').children[index], alert));
}

function newAlert(alert) {
  const row = element('li');
  row.classList.toggle('fresh', highestSeq !== null && alert.seq > highestSeq);
  const head = element('span', 'head');
  // An objective is of a group of tickets: its id says which.
  head.append(element('span', 'kind'), alert.ticket ? ticketLink(alert.ticket) : element('span', 'ticket', alert.id));
  const more = element('span', 'more');
  more.append(element('b', 'clock-name'), element('span', 'detail'), element('span', 'policy'));
  const time = element('time', 'ago');
  time.dateTime = alert.at;
  row.append(symbol(own(texts().kinds, alert.kind) === undefined ? 'objective' : alert.kind), head, time, more);
  return row;
}

function renderAlert(row, alert) {
  row.classList.add(alert.kind);
  row.classList.toggle('taken-back', alert.revoked);
  setText(row.querySelector('.kind'), alert.revoked ? texts().kinds.revoked : own(texts().kinds, alert.kind) ?? alert.kind);
  setText(row.querySelector('.clock-name'), alert.clock ? clockName(alert.clock) : '');
  setText(row.querySelector('.detail'),
      alert.kind === 'escalation' ? texts().levelTo(alert.level, alert.to.map(plain).join(', ')) : '');
  setText(row.querySelector('.policy'), policyName(alert.policy, alert.label));
}

/** How long ago they were. */
export function renderAges(nowMs) {
  for (const time of byId('alerts').getElementsByTagName('time')) {
    setText(time, ago(nowMs - instant(time.dateTime)));
  }
}
