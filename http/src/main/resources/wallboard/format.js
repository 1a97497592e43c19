/* Numbers, times and durations in the page's language. */

export const NONE = '–';

const made = new Map();

/** Intl's formats are costly to make and cheap to keep. */
function format(kind, options) {
  const language = document.documentElement.lang;
  const key = `${language} ${kind} ${JSON.stringify(options)}`;
  if (!made.has(key)) {
    made.set(key, new Intl[kind](language === 'zh' ? 'zh-CN' : 'en-GB', options));
  }
  return made.get(key);
}

export function number(value) {
  return format('NumberFormat', {}).format(value);
}

/** Rounded down, so that only a promise never broken shows 100. */
export function percent(share) {
  if (share === null) {
    return NONE;
  }
  const down = share === 1 ? 1 : Math.floor(share * 1_000 + 1e-6) / 1_000;
  return format('NumberFormat', {style: 'percent', minimumFractionDigits: down === 1 ? 0 : 1, maximumFractionDigits: 1})
      .format(down);
}

/** A share that somebody wrote, such as a goal: no more digits than it has. */
export function goalPercent(share) {
  return format('NumberFormat', {style: 'percent', maximumFractionDigits: 2}).format(share);
}

/** A score from -100 to 100. */
export function score(value) {
  return format('NumberFormat', {maximumFractionDigits: 0, signDisplay: 'exceptZero'}).format(value);
}

export function timeOfDay(ms) {
  return format('DateTimeFormat', {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'}).format(ms);
}

export function hourAndMinute(ms) {
  return format('DateTimeFormat', {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(ms);
}

export function dateAndTime(ms) {
  return format('DateTimeFormat', {
    weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  }).format(ms);
}

/** How long something took, in its two largest units, rounded down: 14.2s, 3m 24s, 2h 5m, 3d 4h. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return NONE;
  }
  if (seconds < 60) {
    return unit(Math.floor(seconds * 10) / 10, 'second', 1);
  }
  const parts = inUnits(Math.floor(seconds));
  const first = parts.findIndex(([count]) => count > 0);
  return join(parts.slice(first, first + 2));
}

/** How long something took, in all its units, so that what is shown adds up: 2d 21h 50m 0.25s. */
export function exactDuration(seconds) {
  return join(inUnits(seconds)) || unit(0, 'second');
}

function inUnits(seconds) {
  let rest = seconds;
  const parts = [['day', 86_400], ['hour', 3_600], ['minute', 60]].map(([name, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return [count, name];
  });
  return [...parts, [Math.round(rest * 1e6) / 1e6, 'second']];
}

function join(parts) {
  return parts.filter(([count]) => count > 0).map(([count, name]) => unit(count, name, 6)).join(' ');
}

function unit(value, name, digits = 0) {
  return format('NumberFormat', {style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits}).format(value);
}

/** How long ago something was, in its largest unit. */
export function age(ms) {
  return unit(...largest(ms));
}

/** As above, in words: 3 min ago. */
export function ago(ms) {
  const [count, name] = largest(ms);
  return format('RelativeTimeFormat', {style: 'narrow', numeric: 'auto'}).format(-count, name);
}

function largest(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [name, size] = [['day', 86_400], ['hour', 3_600], ['minute', 60]].find(([, limit]) => seconds >= limit) ?? ['second', 1];
  return [Math.floor(seconds / size), name];
}

/** Time left as a clock shows it: 0:07, 4:05; from an hour on as a duration. */
export function countdown(leftMs) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1_000));
  return seconds < 3_600 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : duration(seconds);
}

/** Where the reader's clock is right. */
export function timeZone() {
  return format('DateTimeFormat', {}).resolvedOptions().timeZone;
}

/** Nanoseconds of the engine: 4.2 µs, 1.3 ms, 2.5 s. */
export function short(ns) {
  const [sign, size] = [['s', 1e9], ['ms', 1e6], ['µs', 1e3]].find(([, limit]) => ns >= limit) ?? ['µs', 1e3];
  const value = ns / size;
  return `${format('NumberFormat', {maximumFractionDigits: value < 9.95 ? 1 : 0}).format(value)}\u202f${sign}`;
}

/** Milliseconds since the epoch of a timestamp of the server, with their fraction. */
export function instant(text) {
  const [, seconds, fraction = '', zone] = /^(.*?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  return Date.parse(seconds + zone) + Number(`0.${fraction || 0}`) * 1_000;
}

function two(value) {
  return String(value).padStart(2, '0');
}
