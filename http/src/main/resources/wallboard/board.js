/*
 * The wallboard. The address says what it shows:
 *
 *   ?team=billing&channel=phone   only tickets with these attributes; any name but those below is an attribute
 *   &by=channel                   told apart by an attribute as well
 *   &window=1h                    the window of the figures
 *   &goal=95                      the goal in percent instead of the policy's; or of single clocks: first_response:95,resolution:90
 *   &hours=8                      how far back the trend goes
 *   &lang=zh &theme=dark          for screens without a mouse
 *
 * The server pushes whole frames; four times a second what counts down or grows older is drawn again.
 */

import {age, hourAndMinute, number, timeOfDay} from './format.js';
import {renderClocks, renderEngine, renderForecast, renderGroups, renderRates, renderTickets, renderTrends} from './figures.js';
import {keepAlerts, keepDue, renderAges, renderAlerts, renderDue} from './lists.js';
import {address, byId, element, listenToSwitches, reconcile, setText} from './page.js';
import {Server} from './server.js';
import {attributeName, own, texts} from './texts.js';
import {keepTrend, SPAN_MINUTES, trendBegin} from './trend.js';

const TICK_MS = 250;
const TREND_MS = 5_000;
const OWN_PARAMETERS = ['by', 'window', 'goal', 'hours', 'lang', 'theme', 'id'];
const DEFAULT_BY = 'channel';
const DEFAULT_GOAL = 0.95;

let board = null;
let forecast = null;
let trendDrawnMs = -Infinity;

const server = new Server({
  board: (frame) => {
    board = frame;
    render();
  },
  alerts: keepAlerts,
  trend: (frame) => {
    keepTrend(frame);
    trendDrawnMs = -Infinity;
  },
  forecast: (frame) => {
    forecast = frame;
    renderForecast(forecast);
  },
});

/* ---- What the address says ------------------------------------------------------------------------------------- */

function parameter(name) {
  return new URLSearchParams(location.search).get(name);
}

/** The attributes that tickets must have, as [name, value]. */
function where() {
  return [...new URLSearchParams(location.search)].filter(([name]) => !OWN_PARAMETERS.includes(name));
}

/** The attribute to tell apart by, or null. */
function by() {
  const name = parameter('by') ?? DEFAULT_BY;
  return name === '' || where().some(([wanted]) => wanted === name) ? null : name;
}

/** What the address says, else what the policy's objectives do. */
function goalOf(clock) {
  const asked = parameter('goal') ?? '';
  const goals = Object.fromEntries(asked.split(',').map((part) => part.includes(':') ? part.split(':') : ['', part]));
  const goal = parseFloat(own(goals, clock) ?? goals['']);
  return goal > 0 && goal <= 100 ? goal / 100 : own(board.goals, clock) ?? DEFAULT_GOAL;
}

function streamPath() {
  const asked = new URLSearchParams(where().map(([name, value]) => ['where', `${name}:${value}`]));
  const wanted = {by: by(), window: parameter('window'), trend_hours: parameter('hours')};
  Object.entries(wanted).filter(([, value]) => value !== null).forEach(([name, value]) => asked.set(name, value));
  return `v1/wallboard/stream?${asked}`;
}

/* ---- Drawing --------------------------------------------------------------------------------------------------- */

function render() {
  renderTickets(board.total);
  renderClocks(board.total?.clocks ?? {}, goalOf);
  renderRates(board);
  renderForecast(forecast);
  renderGroups(board, by(), goalOf);
  renderEngine(board);
  renderWindows();
  keepDue(board.due);
  tick();
}

function renderView() {
  const view = where().map(([name, value]) => `${attributeName(name)} ${value}`).join(' · ') || texts().everything;
  setText(byId('view'), view);
  byId('brand').href = address('./', Object.fromEntries(where().map(([name]) => [name, null])));
  document.title = `${view} · ${texts().boardTitle}`;
}

/** Only windows that the server has; a single one needs no switch. */
function renderWindows() {
  const group = byId('windows');
  group.hidden = board.windows.length < 2;
  reconcile(group, board.windows, (window) => window, (window) => {
    const button = element('button');
    button.type = 'button';
    button.addEventListener('click', () => {
      history.replaceState(null, '', address(location.pathname, {window}));
      server.listen(streamPath());
    });
    return button;
  });
  board.windows.forEach((window, index) => {
    setText(group.children[index], own(texts().windows, window) ?? window);
    group.children[index].setAttribute('aria-pressed', String(window === board.window));
  });
}

function renderLink() {
  const state = server.state();
  document.body.dataset.state = state;
  setText(byId('link'), texts().states[state]);
  const banner = byId('banner');
  banner.hidden = state === 'live' || state === 'starting';
  if (!banner.hidden) {
    const silent = state === 'gone' ? texts().goneBanner : texts().staleBanner;
    setText(byId('reason'), server.hasAnswered() || state === 'gone' ? silent : texts().startingBanner);
    setText(byId('since'), server.hasAnswered() ? texts().figuresOf(age(server.ageMs())) : '');
  }
}

function tick() {
  server.check();
  renderLink();
  const nowMs = server.nowMs();
  if (nowMs === null) {
    return;
  }
  setText(byId('now'), timeOfDay(nowMs));
  renderDue(nowMs);
  renderAges(nowMs);
  if (performance.now() - trendDrawnMs > TREND_MS) {
    trendDrawnMs = performance.now();
    renderTrends();
    const begin = trendBegin();
    setText(byId('trend-note'), begin === null ? '' : texts().trendNote(number(SPAN_MINUTES), hourAndMinute(begin)));
  }
}

listenToSwitches(() => {
  renderView();
  if (board !== null) {
    trendDrawnMs = -Infinity;
    renderAlerts();
    render();
  }
});
renderView();
server.listen(streamPath());
setInterval(tick, TICK_MS);
