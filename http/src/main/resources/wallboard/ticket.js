/*
 * Why did this breach? One ticket, `?id=…`: for each clock a bar of what its time was made of, the same as a table that
 * adds up, and the events behind it. Asked for again now and then, as running clocks go on.
 */

import {dateAndTime, duration, exactDuration, NONE, number, timeZone} from './format.js';
import {address, byId, element, listenToSwitches, reconcile, renderTerms, setText, symbol} from './page.js';
import {renderBar, renderTable} from './segments.js';
import {capital, clockName, own, plain, attributeName, texts} from './texts.js';

const REFRESH_MS = 5_000;
const REQUEST_TIMEOUT_MS = 5_000;

const id = new URLSearchParams(location.search).get('id');

let timeline = null;
let trouble = null;

/* ---- Asking ---------------------------------------------------------------------------------------------------- */

async function load() {
  try {
    const answer = await fetch(`v1/tickets/${encodeURIComponent(id)}/timeline`, {
      cache: 'no-store',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (answer.ok) {
      timeline = await answer.json();
      trouble = null;
    } else {
      trouble = answer.status === 404 ? () => texts().noTicket(id) : () => texts().loadFailed;
    }
  } catch {
    trouble = () => texts().loadFailed;
  }
  render();
  setTimeout(load, REFRESH_MS);
}

/* ---- Drawing --------------------------------------------------------------------------------------------------- */

function render() {
  byId('brand').href = address('./', {id: null});
  document.title = `${id ?? texts().why} · ${texts().why}`;
  setText(byId('ticket'), id ?? texts().why);
  byId('banner').hidden = trouble === null;
  setText(byId('banner'), trouble === null ? '' : trouble());
  if (timeline === null) {
    return;
  }
  setText(byId('status'), own(texts().ticketStatus, timeline.status) ?? timeline.status);
  renderTerms(byId('attributes'), Object.entries(timeline.attributes).map(([name, value]) => ({
    key: name, label: capital(attributeName(name)), value: String(value),
  })));
  reconcile(byId('clocks'), timeline.clocks, (clock) => `${clock.clock}/${clock.cycle}`, newClock);
  timeline.clocks.forEach((clock, index) => renderClock(byId('clocks').children[index], clock));
  renderEvents();
  setText(byId('note'), texts().ticketNote(timeZone()));
}

function newClock(clock) {
  const section = element('section', 'clock');
  const title = element('h2');
  title.id = `clock-${clock.clock}-${clock.cycle}`;
  section.setAttribute('aria-labelledby', title.id);
  const bar = element('div', 'bar');
  bar.setAttribute('role', 'img');
  const table = element('table');
  table.append(element('thead'), element('tbody'), element('tfoot'));
  const scroll = element('div', 'scroll');
  scroll.tabIndex = 0;
  scroll.setAttribute('role', 'region');
  scroll.append(table);
  section.append(title, element('p', 'verdict'), bar, element('dl', 'facts'), scroll);
  return section;
}

function renderClock(section, clock) {
  const name = clockName(clock.clock);
  const cycles = timeline.clocks.filter((each) => each.clock === clock.clock).length;
  section.classList.toggle('breached', clock.breached);
  setText(section.querySelector('h2'), cycles > 1 ? `${name} · ${texts().cycle(number(clock.cycle))}` : name);
  renderVerdict(section.querySelector('.verdict'), clock);
  const bar = section.querySelector('.bar');
  bar.setAttribute('aria-label', texts().segmentsOf(name));
  section.querySelector('.scroll').setAttribute('aria-label', texts().segmentsOf(name));
  renderBar(bar, clock);
  renderTerms(section.querySelector('.facts'), facts(clock));
  renderTable(section.querySelector('table'), clock);
}

function renderVerdict(line, clock) {
  const words = verdict(clock);
  const shape = clock.breached ? 'breach' : clock.state === 'stopped' ? 'met' : null;
  const drawn = `${shape} ${words}`;
  if (line.dataset.drawn !== drawn) {
    line.dataset.drawn = drawn;
    line.replaceChildren(...shape === null ? [] : [symbol(shape)], element('span', '', words));
  }
}

function verdict(clock) {
  const {verdicts} = texts();
  if (clock.state === 'cancelled') {
    return verdicts.cancelled;
  }
  if (clock.target === null) {
    return clock.breached ? texts().kinds.breach : verdicts.noTarget(duration(clock.elapsed));
  }
  if (clock.breached) {
    return verdicts.breached(duration(clock.elapsed - clock.target));
  }
  const left = duration(clock.target - clock.elapsed);
  return {stopped: verdicts.met, running: verdicts.running, paused: verdicts.paused}[clock.state](left);
}

function facts(clock) {
  const values = {
    policy: clock.policy ?? NONE,
    calendar: clock.calendar ?? NONE,
    target: clock.target === null ? NONE : exactDuration(clock.target),
    elapsed: exactDuration(clock.elapsed),
    started: when(clock.started),
    due: when(clock.due),
    stopped: when(clock.stopped),
  };
  return Object.entries(values).map(([key, value]) => ({key, label: texts().facts[key], value}));
}

function when(instantText) {
  return instantText === null || instantText === undefined ? NONE : dateAndTime(Date.parse(instantText));
}

function renderEvents() {
  // The same may happen twice at once; what was told stays in its place.
  const events = (timeline.events ?? []).map((event, index) => ({...event, key: `${index} ${event.type} ${event.at}`}));
  byId('events-section').hidden = events.length === 0;
  reconcile(byId('events'), events, (event) => event.key, (event) => {
    const row = element('li');
    const time = element('time');
    time.dateTime = event.at;
    row.append(time, element('b'), element('span', 'effects'));
    return row;
  });
  events.forEach((event, index) => {
    const row = byId('events').children[index];
    setText(row.querySelector('time'), when(event.at));
    setText(row.querySelector('b'), plain(event.type));
    setText(row.querySelector('.effects'), (event.effects ?? []).join('; '));
  });
}

listenToSwitches(render);
if (id === null || id === '') {
  trouble = () => texts().noTicketAsked;
  render();
} else {
  load();
}
