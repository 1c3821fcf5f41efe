import { backoffMillis } from './backoff.js';
import { areRows } from './frames.js';
import { requestFor, type Acceptance, type PendingEntry } from './mutation.js';
import type { Answer, Requests } from './requests.js';
import type { Environment, Reason, Row } from './types.js';

/** Browsers have no more connections to a server. */
const IN_FLIGHT_MAX = 6;

export interface SenderHost {
  /** Most requests at a time. */
  maxInFlight: number | undefined;
  /** The next mutation that this tab may send beside those that it has sent. */
  next(sent: ReadonlySet<PendingEntry>): PendingEntry | undefined;
  onSending(entry: PendingEntry): void;
  onAccepted(entry: PendingEntry, acceptance: Acceptance): void;
  onRefused(entry: PendingEntry, refused: Extract<Answer, { kind: 'refused' }>): void;
  onFailed(entry: PendingEntry, reason: Reason): void;
  onUnauthorized(reason: Reason): void;
}

/** Sends mutations, each until it is answered. After a failure it tries one at a time, with pauses. */
export class Sender {
  readonly #sent = new Set<PendingEntry>();
  #failures = 0;
  #isPaused = false;
  #timer: unknown;

  constructor(
    private readonly environment: Environment,
    private readonly room: string,
    private readonly requests: Requests,
    private readonly host: SenderHost,
  ) {}

  /** Something may be there to be sent. */
  run(): void {
    while (!this.#isPaused && this.#sent.size < (this.#failures > 0 ? 1 : (this.host.maxInFlight ?? IN_FLIGHT_MAX))) {
      const entry = this.host.next(this.#sent);
      if (!entry) return;
      void this.#send(entry);
    }
  }

  /** The next attempt is made now. */
  wake(): void {
    this.environment.clearTimeout(this.#timer);
    this.#isPaused = false;
    this.run();
  }

  close(): void {
    this.#pause(undefined);
  }

  async #send(entry: PendingEntry): Promise<void> {
    this.#sent.add(entry);
    this.host.onSending(entry);
    const { method, path, body } = requestFor(this.room, entry.stored);
    const answer = await this.requests.send(method, path, body);
    this.#sent.delete(entry);
    this.#failures = answer.kind === 'failed' ? this.#failures + 1 : 0;
    if (entry.state === 'sending') this.#conclude(entry, answer);
    this.run();
  }

  #conclude(entry: PendingEntry, answer: Answer): void {
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
        this.#pause(undefined);
        this.host.onFailed(entry, answer);
        return this.host.onUnauthorized(answer);
      case 'failed':
        this.#pause(backoffMillis(this.#failures, this.environment.random));
        return this.host.onFailed(entry, answer);
    }
  }

  #pause(millis: number | undefined): void {
    this.environment.clearTimeout(this.#timer);
    this.#isPaused = true;
    if (millis !== undefined) this.#timer = this.environment.setTimeout(() => this.wake(), millis);
  }
}

const NO_SUCH_ROW = {
  kind: 'refused' as const,
  status: 404,
  code: 'NOT_FOUND',
  message: 'There is no such row any more.',
  issues: [],
};

/** The rows that the server committed; undefined for an update of a row that is not there. */
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
