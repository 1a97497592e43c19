/*
 * The line to the server: its stream of frames, its time, and how old what it said last is. Every frame is whole, so
 * after a break the next ones say it all. A line that was silent for long is hung up and dialled again, as a server that
 * lost its power says no good-bye.
 */

const STALE_MS = 3_000;
const SILENT_MS = 10_000;
const RETRY_MS = 2_000;
const OFFSETS_KEPT = 30;
const CLOCK_STEP_MS = 2_000;

export class Server {
  #path;
  #on;
  #stream = null;
  #retry = null;
  #offsets = [];
  #dialledMs = 0;
  #heardMs = null;
  #lagMs = 0;

  /** `on` has a function for each name of a frame. */
  constructor(on) {
    this.#on = on;
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) {
        this.#hangUp(); // A browser has six lines to a server; a page that nobody sees needs none.
      } else {
        this.#dial();
      }
    });
  }

  /** Listens to a stream from now on instead of the one before. */
  listen(path) {
    this.#path = path;
    this.#dial();
  }

  /** Looks after the line; to be called now and then. */
  check() {
    const silentMs = performance.now() - Math.max(this.#dialledMs, this.#heardMs ?? 0);
    if (!document.hidden && silentMs > SILENT_MS) {
      this.#dial();
    }
  }

  /** `starting`, `live`, `stale` when the server does not say how things stand, `gone` when it is not there. */
  state() {
    if (this.ageMs() <= STALE_MS) {
      return this.#heardMs === null ? 'starting' : 'live';
    }
    return this.#stream !== null && this.#stream.readyState === EventSource.OPEN ? 'stale' : 'gone';
  }

  /** Whether there ever was an answer. */
  hasAnswered() {
    return this.#heardMs !== null;
  }

  /** How old the figures are. */
  ageMs() {
    return this.#heardMs === null ? performance.now() : this.#lagMs + performance.now() - this.#heardMs;
  }

  /** The server's time, or null before the first answer. */
  nowMs() {
    return this.#offsets.length === 0 ? null : performance.now() + Math.max(...this.#offsets);
  }

  #dial() {
    this.#hangUp();
    this.#dialledMs = performance.now();
    const stream = new EventSource(this.#path);
    this.#stream = stream;
    for (const [name, show] of Object.entries(this.#on)) {
      stream.addEventListener(name, (event) => {
        const data = JSON.parse(event.data);
        if (name === 'board') {
          this.#hear(data);
        }
        show(data);
      });
    }
    stream.addEventListener('error', () => {
      // Refused, say; the browser tries again by itself only when the line broke.
      if (stream.readyState === EventSource.CLOSED && this.#stream === stream) {
        this.#retry = setTimeout(() => this.#dial(), RETRY_MS);
      }
    });
  }

  #hangUp() {
    clearTimeout(this.#retry);
    this.#stream?.close();
    this.#stream = null;
  }

  /** Of the last frames, the one that came the quickest knows the server's time best, unless its clock was set back. */
  #hear(board) {
    this.#heardMs = performance.now();
    this.#lagMs = board.lag_ms;
    const offset = Date.parse(board.as_of) + board.lag_ms - this.#heardMs;
    const kept = Math.max(...this.#offsets) - offset > CLOCK_STEP_MS ? [] : this.#offsets;
    this.#offsets = [...kept, offset].slice(-OFFSETS_KEPT);
  }
}
