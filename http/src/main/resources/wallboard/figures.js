/* The figures: what is open, a card a clock, the groups, and how the engine fares. */

import {duration, goalPercent, NONE, number, percent, score, short, timeOfDay} from './format.js';
import {address, byId, element, reconcile, renderTerms, setText, symbol} from './page.js';
import {attributeName, capital, clockName, own, texts} from './texts.js';
import {attainmentPoints, Chart, openPoints, SPAN_MINUTES} from './trend.js';

/** With more clocks than this, cards are smaller. */
const ROOMY_CLOCKS = 3;
const GROUP_CLOCKS = 2;
const GROUPS_SHOWN = 6;

const NO_TICKETS = {opened: 0, resolved: 0, reopened: 0, abandoned: 0, open: 0};

const charts = new Map();
let openChart = null;

export function renderTickets(total) {
  const tickets = total?.tickets ?? NO_TICKETS;
  setText(byId('open'), number(tickets.open));
  const waiting = tickets.waiting ?? total?.clocks.first_response?.running;
  const all = {waiting, ...tickets};
  const terms = Object.entries(texts().tickets)
      .filter(([key]) => all[key] !== undefined)
      .map(([key, label]) => ({key, label, value: key === 'longest_waiting' ? duration(all[key]) : number(all[key])}));
  renderTerms(byId('ticket-counts'), terms);
}

/** One card a clock; `goalOf` knows a clock's goal. */
export function renderClocks(clocks, goalOf) {
  const names = Object.keys(clocks);
  const container = byId('clocks');
  container.classList.toggle('many', names.length > ROOMY_CLOCKS);
  reconcile(container, names, (name) => name, newClock);
  names.forEach((name, index) => renderClock(container.children[index], name, clocks[name], goalOf(name)));
}

function newClock(name) {
  const section = element('section', 'clock');
  const title = element('h2');
  title.id = `clock-${name}`;
  section.setAttribute('aria-labelledby', title.id);
  const head = element('div', 'head');
  head.append(element('p', 'figure'), element('p', 'goal'));
  const trend = element('div', 'trend');
  trend.setAttribute('role', 'img');
  section.append(title, head, trend, element('dl', 'counts'));
  charts.set(name, new Chart(trend, {isShare: true}));
  return section;
}

function renderClock(section, name, clock, goal) {
  charts.get(name).aimAt(goal);
  const below = clock.attainment !== null && clock.attainment < goal;
  section.classList.toggle('below', below);
  setText(section.querySelector('h2'), clockName(name));
  const figure = section.querySelector('.figure');
  setText(figure, clock.attainment === null ? NONE : percent(clock.attainment));
  renderGoal(section.querySelector('.goal'), clock.attainment, goal);
  section.querySelector('.trend').setAttribute('aria-label', texts().attainmentTrend(clockName(name), number(SPAN_MINUTES)));
  const counts = ['met', 'breached', 'running', 'paused'].filter((key) => key !== 'paused' || clock.paused > 0);
  renderTerms(section.querySelector('.counts'), counts.map((key) => ({
    key, label: texts().figures[key], value: number(clock[key]), some: clock[key] > 0,
  })));
}

/** The shape says what the colour does. */
function renderGoal(line, attainment, goal) {
  const shape = attainment === null ? 'none' : attainment < goal ? 'below' : 'above';
  const share = goalPercent(goal);
  const words = {none: texts().noResult, below: texts().belowGoal(share), above: texts().goal(share)}[shape];
  const drawn = `${shape} ${words}`;
  if (line.dataset.drawn !== drawn) {
    line.dataset.drawn = drawn;
    line.replaceChildren(...shape === 'none' ? [] : [symbol(shape)], element('span', '', words));
  }
}

/** The rates of service departments, if the policy says how they are computed; those that have nothing to divide by are left out. */
export function renderRates(board) {
  const service = board.has_figures ? board.total?.service : undefined;
  const terms = Object.entries(rates(service)).filter(([, rate]) => (rate ?? null) !== null).map(([key, rate]) => ({
    key,
    label: key === 'service_level' ? texts().rates[key](duration(service.service_level.within)) : texts().rates[key],
    value: key === 'nps' ? score(rate) : percent(rate),
  }));
  byId('rates-section').hidden = terms.length === 0;
  document.body.classList.toggle('no-rates', terms.length === 0);
  renderTerms(byId('rates'), terms);
}

function rates(service) {
  return service === undefined ? {} : {
    service_level: service.service_level.value,
    first_contact_resolution: service.first_contact_resolution,
    csat: service.csat,
    nps: service.nps,
    complaint_rate: service.complaint_rate,
  };
}

/** How many clocks come due within each of some times if nothing happens to their tickets. */
export function renderForecast(forecast) {
  const within = forecast?.within ?? [];
  const counts = Object.values(forecast?.clocks ?? {});
  renderTerms(byId('forecast'), within.map((seconds, i) => ({
    key: String(seconds),
    label: texts().within(duration(seconds)),
    value: number(counts.reduce((sum, clock) => sum + clock[i], 0)),
  })));
}

/** Draws the lines again: there are new points, or another theme. */
export function renderTrends() {
  byId('open-trend').setAttribute('aria-label', texts().openTrend);
  openChart ??= new Chart(byId('open-trend'), {isShare: false});
  openChart.draw(openPoints());
  for (const [name, chart] of charts) {
    chart.draw(attainmentPoints(name));
  }
}

/** The busiest groups; each leads to a view of its own. */
export function renderGroups(board, by, goalOf) {
  // A single group of tickets without the attribute tells nothing.
  const named = board.groups.length > 1 || board.groups.some((group) => group.key[by] !== null);
  byId('groups-section').hidden = by === null || (board.group_count > 0 && !named);
  document.body.classList.toggle('no-groups', byId('groups-section').hidden);
  if (byId('groups-section').hidden) {
    return;
  }
  setText(byId('groups-title'), texts().by(attributeName(by)));
  const groups = board.groups.slice(0, GROUPS_SHOWN);
  const clocks = Object.keys(board.total?.clocks ?? {}).slice(0, GROUP_CLOCKS);
  byId('groups-table').hidden = groups.length === 0;
  byId('groups-empty').hidden = groups.length > 0;
  const heads = [{key: ' by', name: capital(attributeName(by))}, {key: ' open', name: texts().openTickets},
    ...clocks.map((name) => ({key: name, name: clockName(name)}))];
  reconcile(byId('groups-head'), heads, (head) => head.key, () => {
    const cell = element('th');
    cell.scope = 'col';
    cell.append(element('span'));
    return cell;
  });
  heads.forEach((head, index) => setText(byId('groups-head').children[index].firstElementChild, head.name));
  byId('groups-head').firstElementChild.firstElementChild.className = 'unseen'; // The title says it already.
  reconcile(byId('groups'), groups, (group) => `${group.key[by]} ${clocks}`, () => newGroup(clocks));
  groups.forEach((group, index) => renderGroup(byId('groups').children[index], group, by, clocks, goalOf));
  const more = board.group_count - groups.length;
  byId('groups-more').hidden = more <= 0;
  setText(byId('groups-more'), texts().more(number(more)));
}

function newGroup(clocks) {
  const row = element('tr');
  const head = element('th');
  head.scope = 'row';
  row.append(head, element('td'), ...clocks.map(() => element('td')));
  return row;
}

function renderGroup(row, group, by, clocks, goalOf) {
  const value = group.key[by];
  const head = row.firstElementChild;
  if (value === null) {
    setText(head, texts().unknownValue);
  } else if (head.childElementCount === 0) {
    const link = element('a', '', String(value));
    link.href = address('./', {[by]: value, by: null});
    head.replaceChildren(link);
  }
  const [open, ...cells] = row.querySelectorAll('td');
  setText(open, number(group.tickets.open));
  cells.forEach((cell, i) => {
    const attainment = own(group.clocks, clocks[i])?.attainment ?? null;
    const below = attainment !== null && attainment < goalOf(clocks[i]);
    const drawn = `${percent(attainment)} ${below}`;
    if (cell.dataset.drawn !== drawn) {
      cell.dataset.drawn = drawn;
      cell.classList.toggle('below', below);
      cell.replaceChildren(...below ? [symbol('below')] : [], percent(attainment));
    }
  });
}

export function renderEngine(board) {
  const lag = board.latency.detection_lag;
  renderTerms(byId('lag'), Object.entries(texts().latency).map(([key, label]) => ({
    key, label, value: lag.count === 0 ? NONE : short(lag[`${key}_ns`]),
  })));
  setText(byId('as-of'), texts().asOf(timeOfDay(Date.parse(board.as_of))));
}
