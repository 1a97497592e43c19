/*
 * Lines of the last hours. The server tells what happened in each period; a point of a share is what became of promises in the
 * quarter of an hour before it, the last one with the period that is going on.
 */

import {goalPercent, hourAndMinute, number} from './format.js';

export const SPAN_MINUTES = 15;
const SPAN_S = SPAN_MINUTES * 60;
const SHORTEST_S = 600;
const LOWEST_MARGIN = 0.05;
const HEADROOM = 1.15;

let trend = null;

/** What happened in each period, columns of the same length. */
export function keepTrend(frame) {
  trend = frame;
}

/** When the trend begins, in milliseconds since the epoch, or null while there is none. */
export function trendBegin() {
  return trend === null ? null : trend.at[0] * 1_000;
}

/** The points of a clock: instants in seconds, and shares, null where nothing was decided. */
export function attainmentPoints(clock) {
  const column = trend?.clocks[clock];
  return [times(), column === undefined ? times().map(() => null) : column.met.map((_, i) => share(column, i))];
}

/** The points of what was open. */
export function openPoints() {
  return [times(), trend?.open ?? []];
}

/** The ends of the periods; the last one has not ended yet. */
function times() {
  return trend === null ? [] : trend.at.map((at) => Math.min(at + trend.period, Date.parse(trend.as_of) / 1_000));
}

function share({met, breached}, last) {
  let kept = 0;
  let broken = 0;
  for (let i = Math.max(0, last + 1 - SPAN_S / trend.period); i <= last; i++) {
    kept += met[i];
    broken += breached[i];
  }
  return kept + broken === 0 ? null : kept / (kept + broken);
}

/** A value between two that are not there would be no line: it is a dot. */
function lonePoints(plot, series) {
  const values = plot.data[series];
  const isThere = (i) => values[i] !== null && values[i] !== undefined;
  return [...values.keys()].filter((i) => isThere(i) && !isThere(i - 1) && !isThere(i + 1));
}

/** Of a single instant, the library would make a day. */
function spread([at, values]) {
  return at.length === 1 ? [[at[0] - SHORTEST_S, at[0]], [null, values[0]]] : [at, values];
}

/** One chart, as large as its element; `goal` is a share or null, `share` says what the values are. */
export class Chart {
  #box;
  #goal;
  #isShare;
  #plot = null;
  #style = '';

  constructor(box, {goal = null, isShare}) {
    this.#box = box;
    this.#goal = goal;
    this.#isShare = isShare;
    new ResizeObserver(() => this.#resize()).observe(box);
  }

  /** Has another goal from now on. */
  aimAt(goal) {
    if (goal !== this.#goal) {
      this.#goal = goal;
      this.#style = '';
    }
  }

  /** Draws points; anew when the goal, the theme, the language or the size of the text has changed. */
  draw(points) {
    const root = getComputedStyle(document.documentElement);
    const style = `${root.fontSize} ${root.getPropertyValue('--ground')} ${document.documentElement.lang}`;
    if (this.#plot !== null && style === this.#style) {
      this.#plot.setData(spread(points));
      return;
    }
    this.#style = style;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(root), spread(points), this.#box);
    this.#plot.root.setAttribute('aria-hidden', 'true');
  }

  #resize() {
    if (this.#plot !== null && this.#box.clientWidth > 0) {
      this.#plot.setSize(this.#size());
    }
  }

  #size() {
    return {width: this.#box.clientWidth, height: this.#box.clientHeight};
  }

  #options(root) {
    const rem = parseFloat(root.fontSize);
    const colour = (name) => root.getPropertyValue(`--${name}`).trim();
    const axis = {
      stroke: colour('quiet'),
      font: `${1.05 * rem}px ${getComputedStyle(document.body).fontFamily}`,
      ticks: {show: false},
      gap: 0.4 * rem,
    };
    const line = {
      stroke: colour('ink'),
      width: 0.16 * rem,
      fill: colour('trace'),
      spanGaps: false,
      points: {show: true, size: 0.5 * rem, width: 0, fill: colour('ink'), filter: lonePoints},
    };
    return {
      ...this.#size(),
      padding: [0.7 * rem, 1.6 * rem, 0, 0], // On the right, half of a time that stands below the very end.
      cursor: {show: false},
      legend: {show: false},
      scales: {
        x: {time: true, range: (plot, min, max) => [Math.min(min, max - SHORTEST_S), max]},
        y: {range: (plot, min, max) => this.#range(min, max)},
      },
      axes: [
        {
          ...axis,
          grid: {show: false},
          size: 1.9 * rem,
          space: 7 * rem,
          values: (plot, splits) => splits.map((at) => hourAndMinute(at * 1_000)),
        },
        {
          ...axis,
          grid: {stroke: colour('trace'), width: 1},
          size: 4 * rem,
          splits: (plot) => this.#splits(plot.scales.y),
          values: (plot, splits) => splits.map((value) => this.#isShare ? goalPercent(value) : number(value)),
        },
      ],
      series: [{}, line],
      hooks: {draw: this.#goal === null ? [] : [(plot) => this.#drawGoal(plot, colour('goal'), rem)]},
    };
  }

  /** From edge to edge, however little of the trend there is. */
  #drawGoal({ctx, bbox, valToPos}, stroke, rem) {
    const y = Math.round(valToPos(this.#goal, 'y', true));
    ctx.save();
    ctx.strokeStyle = stroke;
    ctx.lineWidth = 0.12 * rem * devicePixelRatio;
    ctx.setLineDash([0.5 * rem * devicePixelRatio, 0.4 * rem * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    ctx.restore();
  }

  /** From below the lowest point and the goal up to all; what is open, from none on. */
  #range(min, max) {
    if (!this.#isShare) {
      return [0, Math.max(1, max ?? 0) * HEADROOM];
    }
    const lowest = Math.min(min ?? 1, this.#goal ?? 1);
    return [Math.max(0, Math.floor((lowest - LOWEST_MARGIN) * 10) / 10), 1];
  }

  #splits({min, max}) {
    return this.#isShare ? [min, 1] : [0, Math.round(max / HEADROOM)];
  }
}
