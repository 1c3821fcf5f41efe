import { Listeners } from './listeners.js';
import type { Keeper } from './keeper.js';
import type { Acceptance, PendingEntry } from './mutation.js';
import { Outbox } from './outbox.js';
import type { Replica } from './replica.js';
import type { Change, Outcome, Refusal, Status } from './types.js';

/**
 * Rows, mutations and status of a room. Every event is one step: it changes confirmed rows, positions and mutations, and
 * only then the shown rows are derived and listeners are called.
 */
export class RoomState {
  readonly outbox = new Outbox();
  readonly replicas = new Map<string, Replica>();
  readonly onStatus = new Listeners<Status>();
  readonly onPending = new Listeners<void>();
  readonly onRefused = new Listeners<Refusal>();
  readonly onMessage = new Listeners<unknown>();
  readonly onStep = new Listeners<void>();
  status: Status = { state: 'connecting', storage: 'opening' };
  /** Keeps mutations and rows in the browser, if it does. */
  keeper: Keeper | undefined;

  #steps = 0;
  #pendingChanged = false;
  #refusals: Refusal[] = [];

  /** Position up to which all followed collections are shown. */
  get seq(): number {
    const positions = [...this.replicas.values()].flatMap(({ position }) => (position === undefined ? [] : [position]));
    return positions.length === 0 ? 0 : Math.min(...positions);
  }

  step(work: () => void): void {
    this.#steps += 1;
    try {
      work();
    } finally {
      this.#steps -= 1;
    }
    if (this.#steps > 0) return;
    this.keeper?.schedule();
    for (const replica of this.replicas.values()) replica.refresh();
    if (this.#pendingChanged) {
      this.#pendingChanged = false;
      this.onPending.tell();
    }
    this.#refusals.splice(0).forEach((refusal) => this.onRefused.tell(refusal));
    this.onStep.tell();
  }

  setStatus(change: Partial<Status>): void {
    // The reason is that of the state.
    this.status = { ...this.status, ...(change.state && { reason: undefined }), ...change };
    this.onStatus.tell(this.status);
  }

  touch(entry: PendingEntry): void {
    this.#pendingChanged = true;
    for (const { collection, id } of entry.changes) this.replicas.get(collection)?.touch(id);
  }

  /** The shown rows are the same, but mutations are in another state. */
  touchPending(): void {
    this.#pendingChanged = true;
  }

  /** The server has committed the mutation. */
  accept(entry: PendingEntry, acceptance: Acceptance): void {
    this.touch(entry);
    this.rename(entry, acceptance.ids);
    this.outbox.accept(entry, acceptance);
    this.touch(entry);
    entry.accepted.resolve({ kind: 'confirmed', seq: acceptance.seq });
  }

  /** The server gave rows of the mutation other ids. */
  rename(entry: PendingEntry, ids: readonly [string, string][]): void {
    for (const [from, to] of ids) {
      for (const renamed of this.outbox.rename(from, to)) {
        this.touch(renamed);
        this.keeper?.rename(renamed);
      }
      entry.changes.forEach(({ collection, id }) => id === to && this.replicas.get(collection)?.rename(from, to));
    }
  }

  /** Ends the mutations whose commits are in the confirmed rows. */
  settle(): void {
    for (const entry of this.outbox.acceptedEntries) {
      const { seq } = entry.acceptance!;
      const isBack = ({ collection }: Change) => {
        const replica = this.replicas.get(collection);
        return !replica || seq === undefined || (replica.position ?? 0) >= seq;
      };
      if (entry.changes.every(isBack)) this.#end(entry, { kind: 'confirmed', seq });
    }
  }

  /** Rolls the mutation back. */
  rollBack(entry: PendingEntry, refusal: Refusal): void {
    this.#end(entry, { kind: 'refused', refusal });
    this.#refusals.push(refusal);
  }

  #end(entry: PendingEntry, outcome: Outcome): void {
    this.touch(entry);
    this.outbox.remove(entry);
    this.keeper?.end(entry);
    entry.conclude(outcome);
  }
}
