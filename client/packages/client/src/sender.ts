import { backoffMillis } from './backoff.js';
import { areRows } from './frames.js';
import { requestFor, type Acceptance, type PendingEntry } from './mutation.js';
import type { Answer, Requests } from './requests.js';
import type { Environment, Reason, Row } from './types.js';

export interface SenderHost {
  /** The mutation that this tab is to send now. */
  next(): PendingEntry | undefined;
  onSending(entry: PendingEntry): void;
  onAccepted(entry: PendingEntry, acceptance: Acceptance): void;
  onRefused(entry: PendingEntry, refused: Extract<Answer, { kind: 'refused' }>): void;
  onFailed(entry: PendingEntry, reason: Reason): void;
  onUnauthorized(reason: Reason): void;
}

/** Sends one mutation at a time, in order, each until it is answered. */
export class Sender {
  #isRunning = false;
  #isClosed = false;
  #wakeUp = () => {};

  constructor(
    private readonly environment: Environment,
    private readonly room: string,
    private readonly requests: Requests,
    private readonly host: SenderHost,
  ) {}

  /** Something may be there to be sent. */
  run(): void {
    if (!this.#isRunning) void this.#drain();
  }

  /** The next attempt is made now. */
  wake(): void {
    this.#wakeUp();
    this.run();
  }

  close(): void {
    this.#isClosed = true;
    this.#wakeUp();
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    let failures = 0;
    for (let entry = this.host.next(); entry && !this.#isClosed; entry = this.host.next()) {
      const { method, path, body } = requestFor(this.room, entry.stored);
      this.host.onSending(entry);
      const answer = await this.requests.send(method, path, body);
      if (this.#isClosed) break;
      failures = answer.kind === 'failed' ? failures + 1 : 0;
      if (entry.state === 'sending') await this.#conclude(entry, answer, failures);
    }
    this.#isRunning = false;
  }

  async #conclude(entry: PendingEntry, answer: Answer, failures: number): Promise<void> {
    switch (answer.kind) {
      case 'answered': {
        const acceptance = acceptanceOf(entry, answer);
        return acceptance ? this.host.onAccepted(entry, acceptance) : this.host.onRefused(entry, NO_SUCH_ROW);
      }
      case 'refused':
        return answer.code === 'NOT_FOUND' && answer.status === 404 && entry.changes.every(({ kind }) => kind === 'delete')
          ? this.host.onAccepted(entry, { seq: undefined, ids: [], rows: [] })
          : this.host.onRefused(entry, answer);
      case 'unauthorized':
        this.host.onFailed(entry, answer);
        this.host.onUnauthorized(answer);
        return this.#pause(undefined);
      case 'failed':
        this.host.onFailed(entry, answer);
        return this.#pause(backoffMillis(failures, this.environment.random));
    }
  }

  #pause(millis: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const timer = millis === undefined ? undefined : this.environment.setTimeout(resolve, millis);
      this.#wakeUp = () => {
        this.environment.clearTimeout(timer);
        resolve();
      };
    });
  }
}

const NO_SUCH_ROW = {
  kind: 'refused' as const,
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is no such row any more.',
  issues: [],
};

/** What the server committed; undefined for an update of a row that is not there. */
function acceptanceOf(entry: PendingEntry, { body, seq }: { body: any; seq: number | undefined }): Acceptance | undefined {
  const { changes } = entry;
  const data: (Row | null)[] = Array.isArray(body?.data) ? body.data : [body?.data ?? null];
  const only = changes.length === 1 ? changes[0] : undefined;
  if (only?.kind === 'update' && data[0] === null) return undefined;
  const ids: [string, string][] = [];
  const rows: [string, Row][] = [];
  // A bulk answers with the rows that it wrote, mutations of several kinds with one element per change.
  const written = changes.length === data.length ? changes : changes.filter(({ kind }) => kind !== 'delete');
  data.forEach((row, at) => {
    const change = data.length === written.length ? written[at] : written.find(({ id }) => id === row?.id);
    if (!row || !areRows([row]) || !change || change.kind === 'delete') return;
    rows.push([change.collection, row]);
    if (change.kind === 'insert' && change.id !== row.id) ids.push([change.id, row.id]);
  });
  return { seq, ids, rows };
}
