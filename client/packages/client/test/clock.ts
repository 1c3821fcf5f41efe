import { setImmediate as nextTurn } from 'node:timers/promises';

/** Turns of the event loop after which all pending promises and requests of the in-memory IndexedDB are done. */
const TURNS = 25;

interface Timer {
  at: number;
  owner: object;
  run: () => void;
}

/** A clock that tests move. */
export class Clock {
  millis = Date.UTC(2026, 0, 1);
  private timers = new Set<Timer>();

  setTimeout(run: () => void, pause: number, owner: object): unknown {
    const timer = { at: this.millis + pause, owner, run };
    this.timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown): void {
    this.timers.delete(timer as Timer);
  }

  /** A tab that is gone has no timers. */
  forget(owner: object): void {
    for (const timer of this.timers) if (timer.owner === owner) this.timers.delete(timer);
  }

  /** Moves the clock, timer by timer, and lets everything happen that follows. */
  async advance(pause: number): Promise<void> {
    const end = this.millis + pause;
    await settle();
    for (;;) {
      const next = [...this.timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.timers.delete(next);
      this.millis = Math.max(this.millis, next.at);
      next.run();
      await settle();
    }
    this.millis = Math.max(this.millis, end); // a listener may have taken longer
  }
}

export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await nextTurn();
}

/** Random numbers from a seed, 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
