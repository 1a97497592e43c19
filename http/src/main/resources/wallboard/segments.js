/*
 * A clock's time as a bar and as a table. The bar is time as it passed, from the start to the end or now, but for nights and
 * weekends, which are drawn short.
 */

import {dateAndTime, exactDuration, instant} from './format.js';
import {element, reconcile, setText} from './page.js';
import {own, plain, texts} from './texts.js';

const KIND_COLUMN = 1;

/** What ends too close to the bar's right end has its words on its left. */
const TURN_AT = 0.75;

/** The most of the bar that one stretch outside hours takes, as a share of what lies within them. */
const OUTSIDE_SHARE = 0.08;

export function renderBar(bar, clock) {
  const segments = clock.segments.filter((segment) => segment.kind !== 'stopped' && segment.to !== null);
  const marks = [
    ...clock.due === null ? [] : [{at: clock.due, text: texts().dueMark, kind: 'due'}],
    ...standing(clock.thresholds ?? []).filter((each) => each.kind !== 'breach')
        .map((each) => ({at: each.at, text: each.threshold, kind: each.kind})),
  ];
  const place = placing([clock.started, ...marks.map((each) => each.at)].map(instant), segments);
  reconcile(bar, [
    ...cut(segments, clock).map((segment) => ({key: `s ${segment.from} ${segment.late}`, segment})),
    ...marks.map((mark) => ({key: `m ${mark.kind} ${mark.at} ${mark.text}`, mark})),
  ], (item) => item.key, (item) => item.segment ? element('span', 'segment') : newMark());
  let i = 0;
  for (const segment of cut(segments, clock)) {
    const drawn = bar.children[i++];
    drawn.className = `segment ${segment.kind}${segment.late ? ' late' : ''}`;
    drawn.style.left = `${100 * place(segment.from)}%`;
    drawn.style.width = `${100 * (place(segment.to) - place(segment.from))}%`;
  }
  for (const mark of marks) {
    const drawn = bar.children[i++];
    drawn.className = `mark ${mark.kind}${place(mark.at) > TURN_AT ? ' turned' : ''}`;
    drawn.style.left = `${100 * place(mark.at)}%`;
    setText(drawn.firstElementChild, mark.text);
  }
}

/** What was announced and not taken back. */
function standing(thresholds) {
  const revoked = new Set(thresholds.map((each) => each.revokes).filter(Boolean));
  return thresholds.filter((each) => each.kind !== 'revoked' && !revoked.has(each.alert));
}

/** Where an instant lies on the bar, from 0 to 1. */
function placing(instants, segments) {
  const outside = segments.filter((each) => each.kind === 'outside_hours')
      .map((each) => ({from: instant(each.from), to: instant(each.to)}));
  const all = [...instants, ...segments.flatMap((each) => [instant(each.from), instant(each.to)])];
  const [first, last] = [Math.min(...all), Math.max(...all)];
  const within = last - first - outside.reduce((sum, each) => sum + each.to - each.from, 0);
  const drawn = (at) => outside.reduce((length, each) => {
    const passed = Math.min(Math.max(0, at - each.from), each.to - each.from);
    const shortened = within === 0 ? 1 : Math.min(1, OUTSIDE_SHARE * within / (each.to - each.from));
    return length - passed * (1 - shortened);
  }, at - first);
  const whole = drawn(last);
  return (at) => whole === 0 ? 0 : drawn(instant(at)) / whole;
}

function newMark() {
  const mark = element('span', 'mark');
  mark.append(element('span'));
  return mark;
}

/** What runs on after the due instant is late, and looks it. */
function cut(segments, clock) {
  if (clock.due === null || !clock.breached) {
    return segments.map((segment) => ({...segment, late: false}));
  }
  const due = instant(clock.due);
  return segments.flatMap((segment) => {
    if (instant(segment.to) <= due) {
      return [{...segment, late: false}];
    }
    return instant(segment.from) >= due
      ? [{...segment, late: true}]
      : [{...segment, to: clock.due, late: false}, {...segment, from: clock.due, late: true}];
  });
}

/** Every segment with what it counts for, and the sum, which is what the clock has used. */
export function renderTable(table, clock) {
  const [head, body, foot] = table.children;
  const columns = Object.entries(texts().columns);
  row(head, 'th', columns.map(([, name]) => name), 'col');
  const segments = clock.segments.filter((segment) => segment.to !== null);
  reconcile(body, segments, (segment) => `${segment.from} ${segment.kind}`, (segment) => {
    const line = element('tr');
    line.append(...columns.map(() => element('td')));
    line.children[KIND_COLUMN].append(element('span', `swatch segment ${segment.kind}`), element('span'));
    return line;
  });
  segments.forEach((segment, index) => {
    const line = body.children[index];
    line.className = segment.kind;
    const cells = [
      dateAndTime(instant(segment.from)),
      own(texts().segments, segment.kind) ?? segment.kind,
      exactDuration(segment.seconds),
      exactDuration(segment.counted),
      segment.event ? plain(segment.event.type) : '',
    ];
    cells.forEach((text, i) => setText(i === KIND_COLUMN ? line.children[i].lastElementChild : line.children[i], text));
  });
  const sum = (name) => segments.reduce((total, segment) => total + segment[name], 0);
  row(foot, 'td', [texts().sum, '', exactDuration(sum('seconds')), exactDuration(sum('counted')), '']);
}

function row(part, tag, cells, scope) {
  if (part.childElementCount === 0) {
    const line = element('tr');
    line.append(...cells.map(() => {
      const cell = element(tag);
      if (scope) {
        cell.scope = scope;
      }
      return cell;
    }));
    part.append(line);
  }
  cells.forEach((text, index) => setText(part.firstElementChild.children[index], text));
}
