import { Credentials } from './credentials.js';
import { newId } from './environment.js';
import type { BroadcastFrame, Frame } from './frames.js';
import { Keeper } from './keeper.js';
import { ListReader } from './lists.js';
import { Listeners } from './listeners.js';
import type { Acceptance, PendingEntry, StoredMutation } from './mutation.js';
import { Outbox } from './outbox.js';
import { Replica } from './replica.js';
import { type Answer, messageOf, Requests } from './requests.js';
import { Sender } from './sender.js';
import { type Address, Socket } from './socket.js';
import { RoomStore } from './store.js';
import { type TabMessage, Tabs } from './tabs.js';
import type { Change, ClientOptions, Environment, Reason, Refusal, Status, Write } from './types.js';

type Refused = Extract<Answer, { kind: 'refused' }>;

/**
 * One room: its collections, the socket, and the outbox. Every event is one step: it changes confirmed rows, positions
 * and mutations, and only then the shown rows are derived and listeners are called.
 */
export class Room {
  readonly outbox = new Outbox();
  readonly onStatus = new Listeners<Status>();
  readonly onPending = new Listeners<void>();
  readonly onRefused = new Listeners<Refusal>();
  readonly onMessage = new Listeners<unknown>();
  readonly onStep = new Listeners<void>();
  status: Status;
  isClosed = false;

  readonly #credentials: Credentials;
  readonly #requests: Requests;
  readonly #socket: Socket;
  readonly #sender: Sender;
  readonly #replicas = new Map<string, Replica>();
  readonly #readers = new Map<string, ListReader>();
  readonly #stopWaking: () => void;
  #keeper: Keeper | undefined;
  #tabs: Tabs | undefined;
  #kept: Awaited<ReturnType<RoomStore['load']>> | undefined;
  #opening: Promise<void>;
  #isOpened = false;
  #early: TabMessage[] = [];
  #isLeading = false;
  #seenSeq = 0;
  #commit: BroadcastFrame[] = [];
  #steps = 0;
  #pendingChanged = false;
  #refusals: Refusal[] = [];

  constructor(
    private readonly environment: Environment,
    readonly base: URL,
    readonly name: string,
    private readonly options: ClientOptions,
  ) {
    this.status = { state: 'connecting', storage: 'opening' };
    this.#credentials = new Credentials(environment, options);
    this.#requests = new Requests(environment, base, this.#credentials);
    this.#socket = new Socket(environment, {
      address: () => this.#address(),
      onFrame: (frame) => this.#receive(frame),
      onState: (state, reason) => this.#onState(state, reason),
      onExpired: async () => this.#credentials.replace(await this.#credentials.token().catch(() => undefined)),
      onRejected: () => this.#rejection(),
    });
    this.#sender = new Sender(environment, name, this.#requests, {
      next: () => this.#next(),
      onSending: (entry) => this.#onSending(entry, undefined),
      onAccepted: (entry, acceptance) => this.#onAccepted(entry, acceptance),
      onRefused: (entry, refused) => this.#refuse(entry, refused),
      onFailed: (entry, reason) => this.#onSending(entry, reason),
      onUnauthorized: (reason) => this.#socketRefused(reason),
    });
    this.#credentials.onRenewed = (token) => this.#socket.send(JSON.stringify({ type: 'token', token }));
    this.#stopWaking = environment.onWake((event) => this.#onWake(event));
    this.#opening = this.#open();
  }

  /** Position up to which all followed collections are shown. */
  get seq(): number {
    const positions = [...this.#replicas.values()].flatMap(({ position }) => (position === undefined ? [] : [position]));
    return positions.length === 0 ? 0 : Math.min(...positions);
  }

  follow(name: string): Replica {
    const known = this.#replicas.get(name);
    if (known) return known;
    const replica = new Replica(name, this);
    this.#replicas.set(name, replica);
    const path = `api/${encodeURIComponent(this.name)}/${encodeURIComponent(name)}`;
    const reader = new ListReader(this.environment, path, this.#requests, replica, {
      seen: () => this.#seenSeq,
      onList: (rows, position, since) => this.#step(() => this.#applyList(replica, rows, position, since)),
      onProblem: (answer) => this.#onListProblem(replica, answer),
    });
    this.#readers.set(name, reader);
    if (this.#isOpened) this.#step(() => this.#begin(replica));
    return replica;
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
    this.#step(() => {
      entry = this.outbox.add(stored);
      this.#touch(entry);
      if (this.#keeper) this.#keeper.add(entry);
      else entry.isVolatile = this.#isOpened;
    });
    this.#sender.run();
    return { mutationId: entry.id, rowIds, accepted: entry.accepted.promise, synced: entry.synced.promise };
  }

  async refetch(replica: Replica): Promise<void> {
    await this.#readers.get(replica.name)!.read();
    this.#connect();
  }

  flush(): void {
    this.#sender.wake();
    this.#tabs?.tell({ type: 'wake' });
  }

  setToken(token: string): void {
    this.#credentials.set(token);
    if (!this.#socket.isLive) this.reconnect();
    this.#sender.wake();
  }

  reconnect(): void {
    if (this.status.state === 'refused') this.#setStatus({ state: 'connecting' });
    this.#replicas.forEach((replica) => (replica.problem = undefined));
    this.#retryLists();
    this.#connect();
    this.#sender.wake();
  }

  async close(forget: boolean): Promise<void> {
    this.isClosed = true;
    this.#stopWaking();
    this.#socket.close();
    this.#sender.close();
    this.#credentials.close();
    this.#readers.forEach((reader) => reader.close());
    await this.#opening;
    await this.#keeper?.close(forget);
    this.#tabs?.close();
    for (const entry of this.outbox.all) entry.conclude({ kind: 'closed' });
    this.onStep.tell();
  }

  /** Opens the browser's storage, shows what is there, and begins to follow. */
  async #open(): Promise<void> {
    const reason = await this.#openStore().catch((): Status['storageReason'] => 'unavailable');
    this.#setStatus(reason ? { storage: 'memory', storageReason: reason } : { storage: 'durable' });
    this.#isOpened = true;
    this.#step(() => {
      const early = [...this.outbox.all];
      for (const [order, mutation] of this.#kept?.outbox ?? []) this.#touch(this.outbox.add(mutation, order));
      for (const entry of early) {
        if (this.#keeper) this.#keeper.add(entry);
        else entry.isVolatile = true;
      }
      this.#replicas.forEach((replica) => this.#begin(replica));
      this.#early.splice(0).forEach((message) => this.#hear(message));
    });
    this.#sender.run();
  }

  async #openStore(): Promise<Status['storageReason']> {
    if (this.options.storage === 'memory') return 'off';
    const user = await this.#credentials.user().catch(() => undefined);
    if (user === undefined) return 'no-user';
    const name = `lockstep ${this.base.href} ${this.name} ${user}`;
    const store = await RoomStore.open(this.environment, name, () => this.#setStatus(UNAVAILABLE));
    if (!store) return 'unavailable';
    // Messages of other tabs wait until the outbox is loaded.
    const receive = (message: TabMessage) => (this.#isOpened ? this.#step(() => this.#hear(message)) : this.#early.push(message));
    this.#tabs = new Tabs(this.environment, name, receive, () => void this.#opening.then(() => this.#lead()));
    this.#kept = await store.load();
    this.#keeper = new Keeper(this.environment, store, this.#kept, {
      replicas: () => this.#replicas.values(),
      onKept: (entry, order) => this.#onKept(entry, order),
      onNotKept: (entry) => {
        entry.isVolatile = true;
        this.#sender.run();
      },
      onEnded: (mutations) => this.#tabs?.tell({ type: 'ended', mutations }),
      onStorage: (storageReason) => this.#setStatus({ storage: 'memory', storageReason }),
    });
    return undefined;
  }

  async #lead(): Promise<void> {
    if (this.isClosed || !this.#keeper) return;
    try {
      const outbox = await this.#keeper.lead();
      this.#step(() => {
        const kept = new Set(outbox.map(([, { mutationId }]) => mutationId));
        for (const entry of this.outbox.all) {
          // The tab that led before this one has seen it settled; it will come back here, too.
          if (entry.order !== undefined && !kept.has(entry.id) && entry.state !== 'accepted') {
            this.outbox.accept(entry, { seq: undefined, ids: [], rows: [] });
          }
        }
        for (const [order, mutation] of outbox) this.#touch(this.outbox.add(mutation, order));
        this.#isLeading = true;
      });
    } catch {
      this.#setStatus(UNAVAILABLE);
      this.#isLeading = true;
    }
    this.#sender.run();
  }

  /** Follows a collection: from its kept rows, or from its list. */
  #begin(replica: Replica): void {
    const position = this.#kept?.positions[replica.name];
    if (position !== undefined && replica.position === undefined) {
      replica.replace(this.#kept!.rows.get(replica.name) ?? []);
      replica.unkept = new Set();
      replica.state = 'stored';
      // While the socket is open, the frames between are gone.
      if (!this.#socket.isLive) replica.position = position;
    }
    replica.touchAll();
    if (replica.position === undefined) void this.#readers.get(replica.name)!.read();
    else this.#connect();
  }

  /** Opens the socket as soon as no first list is missing. */
  #connect(): void {
    if (this.isClosed || this.status.state === 'refused') return;
    const replicas = [...this.#replicas.values()];
    const isReady = replicas.every(({ name, position }) => position !== undefined || !this.#readers.get(name)!.isBusy);
    if (isReady && replicas.some(({ position }) => position !== undefined)) this.#socket.open();
  }

  async #address(): Promise<Address> {
    const url = new URL(`parties/main/${encodeURIComponent(this.name)}`, this.base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    try {
      const ticket = await this.#ticket();
      if (typeof ticket === 'object') return ticket;
      url.searchParams.set('cursor', String(this.seq));
      url.searchParams.set('positions', 'all');
      if (this.options.messages) url.searchParams.set('messages', 'all');
      if (ticket) url.searchParams.set('ticket', ticket);
      return { kind: 'address', url: url.href };
    } catch (failure) {
      return { kind: 'failed', reason: { code: 'TICKET', message: messageOf(failure) } };
    }
  }

  /** A browser's socket has no header for a token: it has a ticket in its address. */
  async #ticket(): Promise<string | undefined | Address> {
    if (this.options.ticket) return this.options.ticket();
    if (!this.#credentials.hasToken) return undefined;
    const answer = await this.#requests.send('POST', 'api/ticket');
    if (answer.kind === 'answered') return String(answer.body.ticket);
    const { code, message } = answer;
    return { kind: answer.kind === 'failed' ? 'failed' : 'refused', reason: { code, message } };
  }

  /** Why the server rejects the socket: its lists tell. */
  async #rejection(): Promise<Reason | undefined> {
    const name = this.#replicas.keys().next().value as string;
    const answer = await this.#requests.send('GET', `api/${encodeURIComponent(this.name)}/${encodeURIComponent(name)}?limit=1`);
    return answer.kind === 'refused' || answer.kind === 'unauthorized' ? answer : undefined;
  }

  #receive(frame: Frame): void {
    switch (frame.kind) {
      case 'init':
        return void (this.#commit = []);
      case 'broadcast':
        this.#commit.push(frame);
        if (!frame.more) this.#step(() => this.#applyCommit(this.#commit.splice(0), frame.seq));
        return;
      case 'position':
        return this.#step(() => this.#advance(frame.seq));
      case 'bootstrap':
        this.#commit = [];
        this.#replicas.forEach((replica) => this.#readAnew(replica));
        return;
      case 'purge': {
        const replica = this.#replicas.get(frame.collection);
        if (!replica) return;
        return this.#step(() => {
          replica.replace([]);
          replica.state = 'empty';
          this.#readAnew(replica);
        });
      }
      case 'message':
        return this.onMessage.tell(frame.payload);
      case 'error':
        return this.#socket.restart({ code: 'ERROR', message: frame.message });
      case 'token-accepted':
        return;
    }
  }

  /** What is shown stays until the list has come. */
  #readAnew(replica: Replica): void {
    replica.position = undefined;
    void this.#readers.get(replica.name)!.read();
  }

  #applyCommit(frames: readonly BroadcastFrame[], seq: number): void {
    for (const frame of frames) {
      const replica = this.#replicas.get(frame.collection);
      if (replica && this.#readers.get(frame.collection)!.isBusy) this.#readers.get(frame.collection)!.receive(frame);
      else if (replica?.position !== undefined && seq > replica.position) apply(replica, frame);
      const entry = frame.mutationId === undefined ? undefined : this.outbox.find(frame.mutationId);
      if (entry && entry.state !== 'accepted') this.#accept(entry, acceptanceBy(entry, frame));
      else if (entry?.acceptance) entry.acceptance.seq ??= seq;
    }
    this.#advance(seq);
  }

  #applyList(replica: Replica, rows: readonly BroadcastFrame['rows'][number][], position: number, since: readonly BroadcastFrame[]): void {
    replica.replace(rows);
    replica.position = position;
    replica.state = 'listed';
    replica.problem = undefined;
    for (const frame of since) {
      if (frame.seq <= replica.position) continue;
      apply(replica, frame);
    }
    replica.position = Math.max(position, ...since.map(({ seq }) => seq));
    this.#settle();
    queueMicrotask(() => this.#connect());
  }

  /** Everything up to the position has come. */
  #advance(seq: number): void {
    this.#seenSeq = Math.max(this.#seenSeq, seq);
    for (const replica of this.#replicas.values()) {
      if (replica.position === undefined || this.#readers.get(replica.name)!.isBusy) continue;
      replica.position = Math.max(replica.position, seq);
    }
    this.#settle();
  }

  /** Ends the mutations whose commits are in the confirmed rows. */
  #settle(): void {
    for (const entry of this.outbox.acceptedEntries) {
      const { seq } = entry.acceptance!;
      const isBack = ({ collection }: Change) => {
        const replica = this.#replicas.get(collection);
        return !replica || seq === undefined || (replica.position ?? 0) >= seq;
      };
      if (entry.changes.every(isBack)) this.#end(entry, { kind: 'confirmed', ...(seq === undefined ? {} : { seq }) });
    }
  }

  #end(entry: PendingEntry, outcome: Parameters<PendingEntry['conclude']>[0]): void {
    this.#touch(entry);
    this.outbox.remove(entry);
    this.#keeper?.end(entry);
    entry.conclude(outcome);
  }

  #next(): PendingEntry | undefined {
    if (!this.#isOpened || this.status.state === 'refused') return undefined;
    const waiting = this.outbox.all.find(({ state }) => state !== 'accepted');
    const mine = this.#isLeading ? waiting : this.outbox.all.find(({ state, isVolatile }) => isVolatile && state !== 'accepted');
    return mine && (mine.isVolatile || mine.order !== undefined) ? mine : undefined;
  }

  #onKept(entry: PendingEntry, order: number): void {
    this.outbox.place(entry, order);
    this.#tabs?.tell({ type: 'queued', order, mutation: entry.stored });
    this.#sender.run();
  }

  #onSending(entry: PendingEntry, failure: Reason | undefined): void {
    this.#step(() => {
      entry.state = failure ? 'queued' : 'sending';
      entry.failure = failure ?? entry.failure;
      this.#pendingChanged = true;
      this.#tell({ type: 'sending', mutationId: entry.id, ...(failure ? { failure } : {}) }, entry);
    });
    if (failure && !this.#socket.isLive) this.#connect();
  }

  #onAccepted(entry: PendingEntry, acceptance: Acceptance): void {
    this.#step(() => {
      this.#tell({ type: 'accepted', mutationId: entry.id, acceptance }, entry);
      this.#accept(entry, acceptance);
      this.#settle();
    });
  }

  #accept(entry: PendingEntry, acceptance: Acceptance): void {
    this.#touch(entry);
    for (const [from, to] of acceptance.ids) {
      for (const renamed of this.outbox.rename(from, to)) {
        this.#touch(renamed);
        this.#keeper?.rename(renamed);
      }
      entry.changes.forEach(({ collection, id }) => id === to && this.#replicas.get(collection)?.rename(from, to));
    }
    this.outbox.accept(entry, acceptance);
    this.#touch(entry);
    entry.accepted.resolve({ kind: 'confirmed', ...(acceptance.seq === undefined ? {} : { seq: acceptance.seq }) });
  }

  /** Rolls the mutation back, and those that change rows which it was to insert. */
  #refuse(entry: PendingEntry, refused: Pick<Refused, 'code' | 'message' | 'status' | 'issues'>): void {
    this.#step(() => {
      const refusal = entry.refusal(refused);
      this.#tell({ type: 'refused', refusal }, entry);
      this.#rollBack(entry, refusal);
      for (const change of entry.changes) {
        if (change.kind !== 'insert') continue;
        for (const other of [...this.outbox.of(change.collection, change.id)]) {
          if (other.state !== 'accepted') this.#refuse(other, { ...refused, issues: [] });
        }
      }
    });
  }

  #rollBack(entry: PendingEntry, refusal: Refusal): void {
    this.#end(entry, { kind: 'refused', refusal });
    this.#refusals.push(refusal);
  }

  /** Tells other tabs of a mutation that they know. */
  #tell(message: TabMessage, entry: PendingEntry): void {
    if (!entry.isVolatile) this.#tabs?.tell(message);
  }

  #hear(message: TabMessage): void {
    switch (message.type) {
      case 'queued':
        this.#touch(this.outbox.add(message.mutation, message.order));
        return queueMicrotask(() => this.#sender.run());
      case 'sending': {
        const entry = this.outbox.find(message.mutationId);
        if (!entry || entry.state === 'accepted') return;
        entry.state = message.failure ? 'queued' : 'sending';
        entry.failure = message.failure ?? entry.failure;
        return void (this.#pendingChanged = true);
      }
      case 'accepted': {
        const entry = this.outbox.find(message.mutationId);
        if (entry && entry.state !== 'accepted') this.#accept(entry, message.acceptance);
        return this.#settle();
      }
      case 'refused': {
        const entry = this.outbox.find(message.refusal.mutationId);
        if (entry) this.#rollBack(entry, message.refusal);
        return;
      }
      case 'ended':
        // A tab that opened after the answer was told learns of it here.
        for (const [mutationId, seq] of message.mutations) {
          const entry = this.outbox.find(mutationId);
          if (entry && entry.state !== 'accepted') this.#accept(entry, { seq, ids: [], rows: [] });
        }
        return this.#settle();
      case 'wake':
        return queueMicrotask(() => this.#sender.wake());
    }
  }

  #onListProblem(replica: Replica, answer: Exclude<Answer, { kind: 'answered' }>): void {
    const reason = { code: answer.code, message: answer.message };
    this.#step(() => {
      replica.problem = reason;
      replica.touchState();
      if (answer.kind === 'failed') return;
      replica.state = 'refused';
      if (answer.kind === 'refused' && replica.confirmed.size > 0) replica.replace([]); // the right to read is gone
    });
    if (answer.kind === 'unauthorized') this.#socketRefused(reason);
    else if (answer.kind === 'failed' && !this.#socket.isLive) this.#setStatus({ state: 'offline', reason });
    else if (answer.kind === 'refused' && [...this.#replicas.values()].every(({ problem }) => problem)) {
      this.#socketRefused(reason);
    }
    queueMicrotask(() => this.#connect());
  }

  #socketRefused(reason: Reason): void {
    this.#socket.close();
    this.#onState('refused', reason);
  }

  #onState(state: Status['state'], reason?: Reason): void {
    this.#setStatus(reason ? { state, reason } : { state });
    if (state !== 'live') return;
    this.#step(() => {
      for (const replica of this.#replicas.values()) {
        if (replica.position === undefined || replica.state === 'listed') continue;
        replica.state = 'listed';
        replica.touchState();
      }
    });
    this.#retryLists();
    this.#sender.wake();
  }

  #onWake(event: 'online' | 'offline' | 'visible'): void {
    // "offline" is only a hint: a server on this machine stays reachable, so attempts continue.
    if (event === 'offline') return this.#socket.restart({ code: 'NETWORK', message: 'The network is gone.' });
    if (this.#socket.isLive) this.#socket.send('ping');
    else if (this.status.state !== 'refused') this.reconnect();
  }

  #retryLists(): void {
    for (const [name, reader] of this.#readers) {
      const replica = this.#replicas.get(name)!;
      if (reader.isBusy) reader.wake();
      else if (this.#isOpened && replica.position === undefined && !replica.problem) void reader.read();
    }
  }

  #setStatus(change: Partial<Status>): void {
    const { reason, ...before } = this.status;
    const kept = change.state === undefined && reason ? { reason } : {};
    this.status = { ...before, ...kept, ...change };
    this.onStatus.tell(this.status);
  }

  #asShown(change: Change): Change {
    const replica = this.follow(change.collection);
    const id = replica.idOf(change.id);
    return change.kind === 'update' ? { ...change, id, fields: replica.difference(id, change.fields) } : { ...change, id };
  }

  #touch(entry: PendingEntry): void {
    this.#pendingChanged = true;
    for (const { collection, id } of entry.changes) this.#replicas.get(collection)?.touch(id);
  }

  #step(work: () => void): void {
    this.#steps += 1;
    try {
      work();
    } finally {
      this.#steps -= 1;
    }
    if (this.#steps > 0) return;
    this.#keeper?.schedule();
    for (const replica of this.#replicas.values()) replica.refresh();
    if (this.#pendingChanged) {
      this.#pendingChanged = false;
      this.onPending.tell();
    }
    this.#refusals.splice(0).forEach((refusal) => this.onRefused.tell(refusal));
    this.onStep.tell();
  }
}

const UNAVAILABLE: Partial<Status> = { storage: 'memory', storageReason: 'unavailable' };

function apply(replica: Replica, { rows, deleted }: BroadcastFrame): void {
  rows.forEach((row) => replica.put(row));
  deleted.forEach((id) => replica.drop(id));
}

/** A frame of a mutation whose answer has not come. */
function acceptanceBy(entry: PendingEntry, { collection, rows, seq }: BroadcastFrame): Acceptance {
  const inserts = entry.changes.filter((change) => change.kind === 'insert' && change.collection === collection);
  const ids = inserts.length !== rows.length ? [] : inserts.map(({ id }, at): [string, string] => [id, rows[at]!.id]);
  return { seq, ids: ids.filter(([from, to]) => from !== to), rows: [] };
}
