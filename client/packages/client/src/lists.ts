import { backoffMillis } from './backoff.js';
import { areRows, type BroadcastFrame } from './frames.js';
import { Deferred } from './listeners.js';
import type { Replica } from './replica.js';
import type { Answer, Requests } from './requests.js';
import type { Environment, Row } from './types.js';

export interface ListHost {
  /** The highest position of the frames so far. */
  seen(): number;
  onList(rows: readonly Row[], position: number, since: readonly BroadcastFrame[]): void;
  onProblem(answer: Exclude<Answer, { kind: 'answered' }>): void;
}

/** Reads the list of one collection, until it has one that is not outdated. */
export class ListReader {
  #isRunning = false;
  #isReading = false;
  #again = false;
  #isClosed = false;
  #wakeUp = () => {};
  #waiting: Deferred<void>[] = [];
  /** Frames since the request of the list that is being read. */
  #since: BroadcastFrame[] = [];

  constructor(
    private readonly environment: Environment,
    private readonly path: string,
    private readonly requests: Requests,
    private readonly replica: Replica,
    private readonly host: ListHost,
  ) {}

  /** Whether frames belong to the list that is being read. */
  get isBusy(): boolean {
    return this.#isReading;
  }

  /** Reads the list, also if one is being read that may be older. Resolves when a list is shown, or refused. */
  read(): Promise<void> {
    this.#again = true;
    this.#wakeUp();
    const done = new Deferred<void>();
    this.#waiting.push(done);
    this.#isReading = true;
    if (!this.#isRunning) void this.#run();
    return done.promise;
  }

  /** The next attempt is made now. */
  wake(): void {
    this.#wakeUp();
  }

  /** A frame that came while a list is being read. */
  receive(frame: BroadcastFrame): void {
    this.#since.push(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#wakeUp();
    this.#settle();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let failures = 0; this.#again && !this.#isClosed; ) {
      this.#again = false;
      this.#isReading = true;
      this.#since = [];
      const seen = this.host.seen();
      const answer = await this.requests.send('GET', this.path);
      if (this.#isClosed) return;
      const rows: unknown = answer.kind === 'answered' ? answer.body?.[this.replica.name] : undefined;
      if (answer.kind === 'answered' && areRows(rows) && (answer.seq ?? 0) >= seen) {
        failures = 0;
        if (!this.#again) this.#conclude(() => this.host.onList(rows, answer.seq ?? 0, this.#since));
      } else if (answer.kind === 'refused' || answer.kind === 'unauthorized') {
        this.#again = false;
        this.#conclude(() => this.host.onProblem(answer));
      } else {
        if (answer.kind === 'failed') this.host.onProblem(answer);
        this.#again = true;
        await this.#pause(backoffMillis(++failures, this.environment.random));
      }
    }
    this.#isRunning = false;
  }

  #conclude(tell: () => void): void {
    this.#isReading = false; // frames from now on are not of this list
    tell();
    this.#since = [];
    this.#settle();
  }

  #settle(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    waiting.forEach((done) => done.resolve());
  }

  #pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.environment.setTimeout(resolve, millis);
      this.#wakeUp = () => {
        this.environment.clearTimeout(timer);
        resolve();
      };
    });
  }
}
