import { newId } from './environment.js';
import { type Acceptance, dependsOn, type PendingEntry, type StoredMutation } from './mutation.js';
import type { Replica } from './replica.js';
import type { Answer, Requests } from './requests.js';
import type { RoomState } from './room-state.js';
import { Sender } from './sender.js';
import type { OrderedMutation } from './store.js';
import type { TabMessage, Tabs } from './tabs.js';
import type { Change, Environment, Reason, Write } from './types.js';

/** So many mutations that must wait are passed over. */
const LOOK_AHEAD = 50;

type Refused = Extract<Answer, { kind: 'refused' }>;

export interface WriterHost {
  maxInFlight: number | undefined;
  follow(collection: string): Replica;
  /** A request failed. */
  onFailed(): void;
  onUnauthorized(reason: Reason): void;
}

/** Makes mutations, and sends them if this tab leads. Tabs tell each other what became of them. */
export class Writer {
  readonly #sender: Sender;
  #tabs: Tabs | undefined;
  #isOpened = false;
  #isClosed = false;
  #isLeading = false;
  /** Messages of other tabs that came before the kept mutations. */
  #early: TabMessage[] = [];

  constructor(
    private readonly environment: Environment,
    room: string,
    private readonly state: RoomState,
    requests: Requests,
    private readonly host: WriterHost,
  ) {
    this.#sender = new Sender(environment, room, requests, {
      maxInFlight: host.maxInFlight,
      next: (sent) => this.#next(sent),
      onSending: (entry) => this.#onSending(entry, undefined),
      onAccepted: (entry, acceptance) => this.#onAccepted(entry, acceptance),
      onRefused: (entry, refused) => this.#refuse(entry, refused),
      onFailed: (entry, reason) => this.#onSending(entry, reason),
      onUnauthorized: (reason) => host.onUnauthorized(reason),
    });
  }

  mutate(changes: Change[]): Write {
    const written = changes
      .map((change) => this.#asShown(change))
      .filter((change) => change.kind !== 'update' || Object.keys(change.fields).length > 0);
    const rowIds = changes.map(({ id }) => id);
    const stored: StoredMutation = { mutationId: newId(), changes: written, createdAt: this.environment.now() };
    if (written.length === 0) {
      const nothing = Promise.resolve({ kind: 'confirmed' as const });
      return { mutationId: stored.mutationId, rowIds, accepted: nothing, synced: nothing };
    }
    let entry!: PendingEntry;
    this.state.step(() => {
      entry = this.state.outbox.add(stored);
      this.state.touch(entry);
      if (this.state.keeper) this.state.keeper.add(entry);
      else entry.isVolatile = this.#isOpened;
    });
    this.#sender.run();
    return { mutationId: entry.id, rowIds, accepted: entry.accepted.promise, synced: entry.synced.promise };
  }

  /** The browser's storage is open, with the mutations that it keeps. */
  open(kept: readonly OrderedMutation[], tabs: Tabs | undefined): void {
    this.#tabs = tabs;
    this.#isOpened = true;
    const made = [...this.state.outbox.all];
    this.#addAll(kept);
    for (const entry of made) {
      if (this.state.keeper) this.state.keeper.add(entry);
      else entry.isVolatile = true;
    }
    this.#early.splice(0).forEach((message) => this.#hear(message));
    queueMicrotask(() => this.#sender.run());
  }

  /** This tab leads, with the mutations that are kept now. */
  lead(kept: readonly OrderedMutation[]): void {
    this.#isLeading = true;
    const ids = new Set(kept.map(([, { mutationId }]) => mutationId));
    for (const entry of this.state.outbox.all) {
      // The tab that led before this one has seen it settled; it will come back here, too.
      if (entry.order !== undefined && !ids.has(entry.id) && entry.state !== 'accepted') {
        this.state.outbox.accept(entry, { seq: undefined, ids: [], rows: [] });
      }
    }
    this.#addAll(kept);
    queueMicrotask(() => this.#sender.run());
  }

  onKept(entry: PendingEntry, order: number): void {
    if (this.state.outbox.place(entry, order)) this.state.step(() => this.state.touch(entry));
    this.#tabs?.tell({ type: 'queued', order, mutation: entry.stored });
    this.#sender.run();
  }

  /** The browser does not keep the mutation: this tab sends it. */
  onNotKept(entry: PendingEntry): void {
    entry.isVolatile = true;
    this.#sender.run();
  }

  /** Sends what waits, without further pause. */
  wake(): void {
    this.#sender.wake();
  }

  /** The same, in whichever tab leads. */
  flush(): void {
    this.#sender.wake();
    this.#tabs?.tell({ type: 'wake' });
  }

  /** A message of another tab. */
  receive(message: TabMessage): void {
    if (this.#isOpened) this.state.step(() => this.#hear(message));
    else this.#early.push(message);
  }

  close(): void {
    this.#isClosed = true;
    this.#sender.close();
  }

  #addAll(kept: readonly OrderedMutation[]): void {
    for (const [order, mutation] of kept) this.state.touch(this.state.outbox.add(mutation, order));
  }

  /** Mutations of one row are sent one after another, others at the same time where they do not depend on each other. */
  #next(sent: ReadonlySet<PendingEntry>): PendingEntry | undefined {
    if (!this.#isOpened || this.#isClosed || this.state.status.state === 'refused') return undefined;
    const before: PendingEntry[] = [];
    for (const entry of this.state.outbox.all) {
      if (entry.state === 'accepted' || (!this.#isLeading && !entry.isVolatile)) continue;
      const isKept = entry.isVolatile || entry.order !== undefined;
      if (!isKept || before.length >= LOOK_AHEAD) return undefined;
      if (!sent.has(entry) && !before.some((earlier) => dependsOn(entry, earlier))) return entry;
      before.push(entry);
    }
    return undefined;
  }

  #onSending(entry: PendingEntry, failure: Reason | undefined): void {
    this.state.step(() => {
      this.#mark(entry, failure);
      this.#tell({ type: 'sending', mutationId: entry.id, failure }, entry);
    });
    if (failure) this.host.onFailed();
  }

  /** The mutation is being sent, or waits after a failure. */
  #mark(entry: PendingEntry, failure: Reason | undefined): void {
    entry.state = failure ? 'queued' : 'sending';
    entry.failure = failure ?? entry.failure;
    this.state.touchPending();
  }

  #onAccepted(entry: PendingEntry, acceptance: Acceptance): void {
    this.state.step(() => {
      this.#tell({ type: 'accepted', mutationId: entry.id, acceptance }, entry);
      this.state.accept(entry, acceptance);
      this.state.settle();
    });
  }

  /** Rolls the mutation back, and those that change rows which it was to insert. */
  #refuse(entry: PendingEntry, refused: Pick<Refused, 'code' | 'message' | 'status' | 'issues'>): void {
    this.state.step(() => {
      const refusal = entry.refusal(refused);
      this.#tell({ type: 'refused', refusal }, entry);
      this.state.rollBack(entry, refusal);
      for (const change of entry.changes) {
        if (change.kind !== 'insert') continue;
        for (const other of [...this.state.outbox.of(change.collection, change.id)]) {
          if (other.state !== 'accepted') this.#refuse(other, { ...refused, issues: [] });
        }
      }
    });
  }

  /** Tells other tabs of a mutation that they know. */
  #tell(message: TabMessage, entry: PendingEntry): void {
    if (!entry.isVolatile) this.#tabs?.tell(message);
  }

  #hear(message: TabMessage): void {
    switch (message.type) {
      case 'queued':
        this.state.touch(this.state.outbox.add(message.mutation, message.order));
        return queueMicrotask(() => this.#sender.run());
      case 'sending': {
        const entry = this.state.outbox.find(message.mutationId);
        if (entry && entry.state !== 'accepted') this.#mark(entry, message.failure);
        return;
      }
      case 'accepted': {
        const entry = this.state.outbox.find(message.mutationId);
        if (entry && entry.state !== 'accepted') this.state.accept(entry, message.acceptance);
        return this.state.settle();
      }
      case 'refused': {
        const entry = this.state.outbox.find(message.refusal.mutationId);
        if (entry) this.state.rollBack(entry, message.refusal);
        return;
      }
      case 'ended':
        // A tab that opened after the answer was told learns of it here.
        for (const [mutationId, seq] of message.mutations) {
          const entry = this.state.outbox.find(mutationId);
          if (entry && entry.state !== 'accepted') this.state.accept(entry, { seq, ids: [], rows: [] });
        }
        return this.state.settle();
      case 'wake':
        return queueMicrotask(() => this.#sender.wake());
    }
  }

  #asShown(change: Change): Change {
    const replica = this.host.follow(change.collection);
    const id = replica.idOf(change.id);
    return change.kind === 'update' ? { ...change, id, fields: replica.difference(id, change.fields) } : { ...change, id };
  }
}
