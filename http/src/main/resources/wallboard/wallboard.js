/*
 * The wallboard: asks the server's JSON once a second, listens to its stream of alerts, and shows what it was told.
 *
 *   poll()    once a second: figures, what is due next, latency, counters     -> render
 *   stream    alerts as they happen; what it misses, poll() fetches           -> alerts
 *   tick()    ten times a second: countdowns, ages, whether the data is old   -> screen
 *
 * Everything that comes from the server reaches the page as text content only. Time is the server's: its offset to this
 * machine's steady clock is measured with every poll.
 */

const TEXTS = {
  language: 'en',
  title: 'Tocsin wallboard',
  serverTime: 'Server time',
  states: {starting: 'Connecting…', live: 'Live · since the start', stale: 'Out of date', gone: 'No connection'},
  staleBanner: 'These figures are out of date: the server is not answering in time.',
  goneBanner: 'The server cannot be reached. Trying again every second.',
  refusedBanner: (path, status) => `The server answers ${status} to ${path}. Trying again every second.`,
  lastUpdate: (age) => `Last update ${age} ago.`,
  openTickets: 'Open tickets',
  tickets: {opened: 'Opened', resolved: 'Resolved', reopened: 'Reopened', abandoned: 'Abandoned'},
  clocks: {
    first_response: 'First response',
    next_response: 'Next response',
    periodic_update: 'Periodic update',
    resolution: 'Resolution',
    acceptance: 'Acceptance',
    handover_resolution: 'Handover resolution',
    wrap_up: 'Wrap-up',
    follow_up: 'Follow-up',
  },
  figures: {met: 'Met', breached: 'Breached', running: 'Running', paused: 'Paused', average: 'Average', p90: '90% within'},
  noResult: 'no result yet',
  nextToBreach: 'Next to breach',
  nothingDue: 'No clock is running.',
  alerts: 'Latest alerts',
  noAlerts: 'No alerts yet.',
  kinds: {warning: 'Warning', breach: 'Breach', escalation: 'Escalation', revoked: 'Taken back', objective: 'Objective'},
  warningAt: (threshold) => `at ${threshold}`,
  levelTo: (level, to) => `level ${level} to ${to}`,
  ago: (age) => `${age} ago`,
  justNow: 'now',
  lag: (duration) => `seen in ${duration}`,
  channels: 'Channels',
  channel: 'Channel',
  alertsGiven: 'Alerts given',
  counters: {warning: 'Warnings', breach: 'Breaches', escalation: 'Escalations', revoked: 'Taken back'},
  open: 'Open',
  noChannels: 'No tickets yet.',
  unknownChannel: 'none',
  detectionLag: 'Alerts: detection lag, 99% within',
  latency: {p50: 'Half within', p90: '90% within', max: 'Longest'},
  none: '–',
};

const POLL_MS = 1_000;
const REQUEST_TIMEOUT_MS = 2_500;
const STALE_MS = 3_000;
const TICK_MS = 100;
const CALM_TICK_MS = 1_000;
const ALERTS_REFRESH_MS = 500;
const ALERTS_SHOWN = 20;
const DUE_SHOWN = 12;
const DUE_FETCHED = 2 * DUE_SHOWN;
const CHANNELS_SHOWN = 6;
const CHANNEL_CLOCKS_SHOWN = 2;
const CLOCK_STEP_MS = 500;
const STREAM_RETRY_MS = 3_000;

const numbers = new Intl.NumberFormat(TEXTS.language);
const timeOfDay = new Intl.DateTimeFormat(TEXTS.language, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const reducedMotion = matchMedia('(prefers-reduced-motion: reduce)');

const byId = (id) => document.getElementById(id);

/* ---- Asking ---------------------------------------------------------------------------------------------------- */

let lastGoodMs = null;
let problem = null;
let pollTimer = null;
let polling = false;

async function poll() {
  if (polling) {
    return;
  }
  polling = true;
  clearTimeout(pollTimer);
  const startedMs = performance.now();
  const highestSeen = alerts.highestSeq;
  const answers = await Promise.allSettled([
    ask('v1/stats?window=all').then((stats) => {
      measureOffset(stats.as_of, startedMs, performance.now());
      renderFigures(stats.groups[0]);
    }),
    ask('v1/stats?by=channel&window=all').then((stats) => renderChannels(stats.groups)),
    ask(`v1/tickets?breached=false&state=running&limit=${DUE_FETCHED}`).then(renderDue),
    ask('v1/latency').then((latency) => renderLatency(latency.detection_lag)),
    ask('v1/counters').then((counters) => {
      renderCounters(counters.alerts);
      return catchUp(counters.alerts, highestSeen);
    }),
  ]);
  const failed = answers.find((answer) => answer.status === 'rejected');
  problem = failed ? failed.reason : null;
  if (failed && !(failed.reason instanceof ServerProblem)) {
    console.error(failed.reason);
  }
  if (!failed) {
    lastGoodMs = performance.now();
  }
  polling = false;
  pollTimer = setTimeout(poll, Math.max(0, POLL_MS - (performance.now() - startedMs)));
}

/** Why an answer is missing; `status` is null when the server gave none. */
class ServerProblem extends Error {
  constructor(path, status, cause) {
    super(`${path}: ${status ?? 'no answer'}`, {cause});
    this.path = path;
    this.status = status;
    this.timedOut = cause?.name === 'TimeoutError';
  }
}

async function ask(path) {
  let response;
  try {
    response = await fetch(path, {
      cache: 'no-store',
      headers: {accept: 'application/json'},
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
  } catch (cause) {
    throw new ServerProblem(path, null, cause);
  }
  if (!response.ok) {
    throw new ServerProblem(path, response.status);
  }
  try {
    return await response.json();
  } catch (cause) {
    throw new ServerProblem(path, null, cause);
  }
}

/* ---- The server's time ------------------------------------------------------------------------------------------ */

let offset = null;

/** Believes the quickest answer of late; a jump of either clock is believed at once. */
function measureOffset(asOf, sentMs, receivedMs) {
  const roundTripMs = receivedMs - sentMs;
  const measuredMs = instant(asOf).ms - (sentMs + receivedMs) / 2;
  const jumped = offset && Math.abs(measuredMs - offset.ms) > CLOCK_STEP_MS + roundTripMs / 2;
  if (!offset || jumped || roundTripMs <= offset.roundTripMs) {
    offset = {ms: measuredMs, roundTripMs};
  } else {
    offset.roundTripMs *= 1.1;
  }
}

function serverNowMs() {
  return offset ? performance.now() + offset.ms : null;
}

/** A timestamp of the server, to the nanosecond: whole milliseconds since the epoch, and what is left. */
function instant(text) {
  const [, seconds, fraction = '', zone] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  const ns = Number(fraction.padEnd(9, '0').slice(0, 9));
  return {ms: Date.parse(seconds + zone) + Math.floor(ns / 1e6), ns: ns % 1e6};
}

function nsBetween(earlier, later) {
  const from = instant(earlier);
  const to = instant(later);
  return (to.ms - from.ms) * 1e6 + (to.ns - from.ns);
}

/* ---- Alerts ----------------------------------------------------------------------------------------------------- */

const alerts = {newest: [], highestSeq: 0, changed: true, shownMs: -Infinity};
let stream = null;

/** Opens the stream, again and again: the browser gives up for good when it is answered with an error. */
function listen() {
  stream = new EventSource('v1/alerts/stream');
  for (const kind of ['message', ...Object.keys(TEXTS.kinds)]) {
    stream.addEventListener(kind, (event) => remember([JSON.parse(event.data)]));
  }
  stream.addEventListener('error', () => {
    if (stream.readyState === EventSource.CLOSED) {
      setTimeout(listen, STREAM_RETRY_MS);
    }
  });
}

/** The last alert's number is how many there are, so that nothing the stream did not bring goes unseen. */
async function catchUp(countByKind, highestSeenBefore) {
  const lastSeq = Object.values(countByKind).reduce((sum, count) => sum + count, 0);
  if (lastSeq < highestSeenBefore) {
    Object.assign(alerts, {newest: [], highestSeq: 0, changed: true});
  }
  if (lastSeq > alerts.highestSeq) {
    const after = Math.max(alerts.highestSeq, lastSeq - ALERTS_SHOWN);
    remember(await ask(`v1/alerts?after=${after}&limit=${ALERTS_SHOWN}`));
  }
}

function remember(arrived) {
  const known = new Set(alerts.newest.map((alert) => alert.seq));
  const fresh = arrived.filter((alert) => !known.has(alert.seq));
  if (fresh.length === 0) {
    return;
  }
  alerts.newest = [...alerts.newest, ...fresh].sort((a, b) => b.seq - a.seq).slice(0, ALERTS_SHOWN);
  alerts.highestSeq = alerts.newest[0].seq;
  alerts.changed = true;
}

/* ---- Showing figures -------------------------------------------------------------------------------------------- */

function renderFigures(group) {
  setText(byId('open'), numbers.format(group.tickets.open));
  renderCounts(
      byId('ticket-counts'),
      Object.entries(TEXTS.tickets).map(([key, label]) => ({label, value: numbers.format(group.tickets[key])})));
  renderClocks(group.clocks);
}

function renderClocks(clocks) {
  const names = Object.keys(clocks);
  const container = byId('clocks');
  container.classList.toggle('many', names.length > 3);
  reconcile(container, names, (name) => name, newClock);
  names.forEach((name, index) => renderClock(container.children[index], name, clocks[name]));
}

function newClock(name) {
  const section = element('section', 'clock');
  const title = element('h2', '', clockName(name));
  title.id = `clock-${name}`;
  section.setAttribute('aria-labelledby', title.id);
  const head = element('div', 'head');
  head.append(element('p', 'figure'), element('dl', 'rows times'));
  const share = element('div', 'share');
  share.setAttribute('aria-hidden', 'true');
  share.append(element('span', 'met'), element('span', 'breached'));
  section.append(title, head, share, element('dl', 'counts states'));
  return section;
}

function renderClock(section, name, clock) {
  const figure = section.querySelector('.figure');
  const attained = percent(clock.attainment);
  if (figure.dataset.value !== attained) {
    figure.dataset.value = attained;
    const unit = clock.attainment === null ? element('small', 'none', TEXTS.noResult) : element('small', '', '%');
    figure.replaceChildren(attained, unit);
  }
  renderCounts(section.querySelector('.times'), [
    {label: TEXTS.figures.average, value: duration(clock.average)},
    {label: TEXTS.figures.p90, value: duration(clock.p90)},
  ]);
  const [met, breached] = section.querySelector('.share').children;
  met.style.flexGrow = clock.met;
  breached.style.flexGrow = clock.breached;
  renderCounts(section.querySelector('.states'), ['met', 'breached', 'running', 'paused'].map((key) => ({
    label: TEXTS.figures[key],
    value: numbers.format(clock[key]),
    name: key,
    some: clock[key] > 0,
  })));
}

function renderCounts(list, counts) {
  reconcile(list, counts, (count) => count.label, (count) => {
    const group = element('div', count.name ?? '');
    group.append(element('dt', '', count.label), element('dd'));
    return group;
  });
  counts.forEach((count, index) => {
    const value = list.children[index].lastElementChild;
    setText(value, count.value);
    value.classList.toggle('some', count.some === true);
  });
}

function renderChannels(all) {
  const busiest = [...all].sort((a, b) => b.tickets.open - a.tickets.open).slice(0, CHANNELS_SHOWN);
  const groups = all.filter((group) => busiest.includes(group));
  const clocks = groups.length > 0 ? Object.keys(groups[0].clocks).slice(0, CHANNEL_CLOCKS_SHOWN) : [];
  const heads = [TEXTS.channel, TEXTS.open, ...clocks.map(clockName)];
  byId('channels-head').hidden = groups.length === 0;
  byId('channels-empty').hidden = groups.length > 0;
  reconcile(byId('channels-head'), heads, (head) => head, (head) => {
    const cell = element('th');
    cell.scope = 'col';
    // The section's title says it already.
    cell.append(element('span', head === TEXTS.channel ? 'hidden' : '', head));
    return cell;
  });
  reconcile(byId('channels'), groups, (group) => `${group.key.channel}/${clocks.length}`, (group) => {
    const row = element('tr');
    const head = element('th', '', group.key.channel ?? TEXTS.unknownChannel);
    head.scope = 'row';
    row.append(head, element('td'), ...clocks.map(() => element('td')));
    return row;
  });
  groups.forEach((group, index) => {
    const [open, ...cells] = byId('channels').children[index].querySelectorAll('td');
    setText(open, numbers.format(group.tickets.open));
    cells.forEach((cell, i) => {
      const attained = percent(group.clocks[clocks[i]]?.attainment ?? null);
      setText(cell, attained === TEXTS.none ? attained : `${attained}%`);
    });
  });
}

function renderLatency(lag) {
  const shown = (ns) => (lag.count === 0 ? TEXTS.none : short(ns));
  setText(byId('lag'), shown(lag.p99_ns));
  renderCounts(
      byId('engine'),
      Object.entries(TEXTS.latency).map(([key, label]) => ({label, value: shown(lag[`${key}_ns`])})));
}

function renderCounters(countByKind) {
  renderCounts(
      byId('counters'),
      Object.entries(TEXTS.counters).map(([kind, label]) => ({label, value: numbers.format(countByKind[kind])})));
}

/* ---- Showing what is due ---------------------------------------------------------------------------------------- */

let due = [];

function renderDue(clocks) {
  due = clocks.filter((clock) => clock.due !== null).map((clock) => ({...clock, dueMs: instant(clock.due).ms}));
  byId('due-empty').hidden = due.length > 0;
  reconcile(byId('due'), due, (clock) => `${clock.ticket}/${clock.clock}/${clock.cycle}`, newDueRow);
  due.forEach((clock, index) => {
    const row = byId('due').children[index];
    setText(row.querySelector('.policy'), clock.policy);
  });
  countDown();
}

function newDueRow(clock) {
  const row = element('li');
  const what = element('span', 'what');
  what.append(element('b', '', clockName(clock.clock)), ' · ', element('span', 'policy'));
  const track = element('span', 'track');
  track.setAttribute('aria-hidden', 'true');
  track.append(element('span', 'rest'));
  row.append(element('span', 'left'), element('span', 'ticket', clock.ticket), what, track);
  return row;
}

function countDown() {
  const nowMs = serverNowMs();
  if (nowMs === null) {
    return;
  }
  let shown = 0;
  due.forEach((clock, index) => {
    const row = byId('due').children[index];
    const leftMs = clock.dueMs - nowMs;
    // What has run out since the last answer makes room for what comes next.
    row.hidden = leftMs < 0 || shown === DUE_SHOWN;
    if (row.hidden) {
      return;
    }
    shown++;
    const targetMs = clock.target === null ? null : clock.target * 1_000;
    row.className = urgency(leftMs, targetMs);
    setText(row.querySelector('.left'), countdown(leftMs));
    const share = targetMs === null ? 0 : Math.min(1, leftMs / targetMs);
    row.querySelector('.rest').style.transform = `scaleX(${share.toFixed(4)})`;
  });
}

/** The last quarter of a target is soon; what is left of it at the very end, from 5 s
 * for short ones to a minute for long ones, is last. */
function urgency(leftMs, targetMs) {
  if (leftMs <= Math.min(60_000, Math.max(5_000, (targetMs ?? Infinity) / 200))) {
    return 'last';
  }
  return leftMs <= (targetMs ?? 3_600_000) / 4 ? 'soon' : '';
}

/* ---- Showing alerts --------------------------------------------------------------------------------------------- */

function renderAlerts() {
  const revoked = new Set(alerts.newest.map((alert) => alert.revokes));
  byId('alerts-empty').hidden = alerts.newest.length > 0;
  const first = byId('alerts').children.length === 0;
  reconcile(byId('alerts'), alerts.newest, (alert) => `${alert.seq}/${alert.id}`, (alert) => newAlertRow(alert, !first));
  alerts.newest.forEach((alert, index) => {
    byId('alerts').children[index].classList.toggle('taken-back', revoked.has(alert.id));
  });
  alerts.changed = false;
}

function newAlertRow(alert, fresh) {
  const known = Object.hasOwn(TEXTS.kinds, alert.kind);
  const row = element('li', known ? alert.kind : '');
  row.classList.toggle('fresh', fresh);
  const head = element('span', 'head');
  head.append(element('span', 'kind', known ? TEXTS.kinds[alert.kind] : alert.kind), ' ', element('span', 'ticket', alert.ticket));
  const more = element('span', 'more');
  more.append(element('b', '', clockName(alert.clock)), [detail(alert), alert.policy].filter(Boolean).map((part) => ` · ${part}`).join(''));
  const lag = alert.kind === 'revoked' ? '' : TEXTS.lag(short(nsBetween(alert.at, alert.detected)));
  row.append(symbol(known ? alert.kind : 'objective'), head, element('time', 'ago'), more, element('span', 'lag', lag));
  row.querySelector('time').dateTime = alert.at;
  return row;
}

function detail(alert) {
  switch (alert.kind) {
    case 'warning':
      return TEXTS.warningAt(alert.threshold);
    case 'escalation':
      return TEXTS.levelTo(alert.level, alert.to.map(plain).join(', '));
    default:
      return '';
  }
}

function renderAges() {
  const nowMs = serverNowMs();
  if (nowMs === null) {
    return;
  }
  for (const time of byId('alerts').getElementsByTagName('time')) {
    const ageMs = nowMs - instant(time.dateTime).ms;
    setText(time, ageMs < 1_000 ? TEXTS.justNow : TEXTS.ago(age(ageMs)));
  }
}

/* ---- Ten times a second ----------------------------------------------------------------------------------------- */

let tickedMs = -Infinity;

function tick(frameMs) {
  requestAnimationFrame(tick);
  if (frameMs - tickedMs < (reducedMotion.matches ? CALM_TICK_MS : TICK_MS)) {
    return;
  }
  tickedMs = frameMs;
  renderLink();
  countDown();
  if (alerts.changed && frameMs - alerts.shownMs >= ALERTS_REFRESH_MS) {
    alerts.shownMs = frameMs;
    renderAlerts();
  }
  renderAges();
  const nowMs = serverNowMs();
  if (nowMs !== null) {
    setText(byId('now'), timeOfDay.format(nowMs));
  }
}

function renderLink() {
  const ageMs = performance.now() - (lastGoodMs ?? 0);
  const state = linkState(ageMs);
  if (document.body.dataset.state !== state) {
    document.body.dataset.state = state;
    setText(byId('link'), TEXTS.states[state]);
  }
  const banner = byId('banner');
  banner.hidden = state === 'live' || state === 'starting';
  if (banner.hidden) {
    return;
  }
  if (banner.childElementCount === 0) {
    // A screen reader hears what is wrong, not the seconds ticking.
    const since = element('span', 'since');
    since.setAttribute('aria-hidden', 'true');
    banner.append(element('span', 'reason'), ' ', since);
  }
  setText(banner.querySelector('.reason'), bannerText());
  setText(banner.querySelector('.since'), lastGoodMs === null ? '' : TEXTS.lastUpdate(age(ageMs)));
}

function linkState(ageMs) {
  if (ageMs <= STALE_MS) {
    return lastGoodMs === null ? 'starting' : 'live';
  }
  const silent = problem === null || problem.timedOut || problem.status !== null;
  return silent ? 'stale' : 'gone';
}

function bannerText() {
  if (problem instanceof ServerProblem && problem.status !== null) {
    return TEXTS.refusedBanner(problem.path, problem.status);
  }
  return linkState(Infinity) === 'gone' ? TEXTS.goneBanner : TEXTS.staleBanner;
}

/* ---- Formats ---------------------------------------------------------------------------------------------------- */

function clockName(name) {
  const words = plain(name);
  return Object.hasOwn(TEXTS.clocks, name) ? TEXTS.clocks[name] : words.charAt(0).toUpperCase() + words.slice(1);
}

function plain(name) {
  return name.replaceAll('_', ' ');
}

/** Rounded down, so that only a promise never broken shows 100. */
function percent(share) {
  if (share === null) {
    return TEXTS.none;
  }
  return share === 1 ? '100' : (Math.floor(share * 1_000 + 1e-6) / 10).toFixed(1);
}

/** Seconds of a figure: 14.2 s, 3:24 min, 2:05 h, 3 d 4 h. */
function duration(seconds) {
  if (seconds === null) {
    return TEXTS.none;
  }
  if (seconds < 59.95) {
    return `${seconds.toFixed(1)} s`;
  }
  const whole = Math.round(seconds);
  if (whole < 3_600) {
    return `${Math.floor(whole / 60)}:${two(whole % 60)} min`;
  }
  if (whole < 86_400) {
    return `${Math.floor(whole / 3_600)}:${two(Math.floor(whole / 60) % 60)} h`;
  }
  return `${Math.floor(whole / 86_400)} d ${Math.floor(whole / 3_600) % 24} h`;
}

/** Time left: 0:07.3, then 4:05, then 2:10:00. Tenths only where they matter. */
function countdown(leftMs) {
  const tenths = Math.floor(leftMs / 100);
  if (tenths < 100 && !reducedMotion.matches) {
    return `0:0${Math.floor(tenths / 10)}.${tenths % 10}`;
  }
  const seconds = Math.floor(leftMs / 1_000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes}:${two(seconds % 60)}`;
  }
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

function age(ms) {
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3_600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** Nanoseconds of the engine, three digits: 4.2 µs, 1.3 ms, 2.5 s. */
function short(ns) {
  const units = [['s', 1e9], ['ms', 1e6], ['µs', 1e3]];
  const [unit, size] = units.find(([, limit]) => ns >= limit) ?? ['µs', 1e3];
  const value = ns / size;
  return `${value < 9.95 ? value.toFixed(1) : numbers.format(Math.round(value))} ${unit}`;
}

function two(number) {
  return String(number).padStart(2, '0');
}

/* ---- The page --------------------------------------------------------------------------------------------------- */

/** Makes a parent's children follow a list, in its order; a child lives as long as its key stays in the list. */
function reconcile(parent, items, keyOf, create) {
  const existing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const child = existing.get(key) ?? create(item);
    child.dataset.key = key;
    existing.delete(key);
    return child;
  });
  existing.forEach((child) => child.remove());
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
}

function element(tag, className = '', text = '') {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

function symbol(id) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${id}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function start() {
  document.documentElement.lang = TEXTS.language;
  document.title = TEXTS.title;
  for (const node of document.querySelectorAll('[data-text]')) {
    node.textContent = TEXTS[node.dataset.text];
  }
  setText(byId('link'), TEXTS.states.starting);
  document.addEventListener('visibilitychange', () => document.hidden || poll());
  poll();
  listen();
  requestAnimationFrame(tick);
}

start();
