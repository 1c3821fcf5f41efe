import type { Credentials } from './credentials.js';
import type { BroadcastFrame, Frame } from './frames.js';
import { ListReader } from './lists.js';
import type { PendingEntry } from './mutation.js';
import type { Replica } from './replica.js';
import { type Answer, messageOf, type Requests } from './requests.js';
import type { RoomState } from './room-state.js';
import { type Address, Socket } from './socket.js';
import type { Kept } from './store.js';
import type { ClientOptions, Environment, Reason, Row, Status } from './types.js';

/** Where a room is. */
export interface RoomAddress {
  base: URL;
  name: string;
}

export interface FollowerHost {
  readonly options: ClientOptions;
  /** The room is live again. */
  onLive(): void;
}

/** Reads lists and the socket of a room: confirmed rows and their positions. */
export class Follower {
  readonly #socket: Socket;
  readonly #readers = new Map<string, ListReader>();
  #kept: Kept | undefined;
  #isOpened = false;
  #isClosed = false;
  #seenSeq = 0;
  #commit: BroadcastFrame[] = [];
  /** Numbers of the last frames of collections, when the socket was opened. */
  #counters: Readonly<Record<string, number>> | undefined;

  constructor(
    private readonly environment: Environment,
    private readonly room: RoomAddress,
    private readonly state: RoomState,
    private readonly requests: Requests,
    private readonly credentials: Credentials,
    private readonly host: FollowerHost,
  ) {
    this.#socket = new Socket(environment, {
      address: () => this.#address(),
      onFrame: (frame) => this.#receive(frame),
      onState: (state, reason) => this.#onState(state, reason),
      onExpired: async (message) => {
        const renewed = await credentials.replace(await credentials.token().catch(() => undefined));
        return renewed ? undefined : { code: 'UNAUTHENTICATED', message };
      },
      onRejected: () => this.#rejection(),
    });
    credentials.onRenewed = (token) => this.#socket.send(JSON.stringify({ type: 'token', token }));
  }

  get isLive(): boolean {
    return this.#socket.isLive;
  }

  /** Reads the rows of a collection from now on. */
  follow(replica: Replica): void {
    const path = this.#path(replica.name);
    const reader = new ListReader(this.environment, path, this.requests, replica, {
      seen: () => this.#seenSeq,
      onList: (rows, position, since) => this.state.step(() => this.#applyList(replica, rows, position, since)),
      onProblem: (answer) => this.#onListProblem(replica, answer),
    });
    this.#readers.set(replica.name, reader);
    if (this.#isOpened) this.state.step(() => this.#begin(replica));
  }

  /** The browser's storage is open: following begins. */
  open(kept: Kept | undefined): void {
    this.#kept = kept;
    this.#isOpened = true;
    this.state.replicas.forEach((replica) => this.#begin(replica));
  }

  async refetch(replica: Replica): Promise<void> {
    await this.#readers.get(replica.name)!.read();
    this.connect();
  }

  /** Tries again now whatever waits. */
  reconnect(): void {
    if (this.state.status.state === 'refused') this.state.setStatus({ state: 'connecting' });
    this.state.replicas.forEach((replica) => (replica.problem = undefined));
    this.#retryLists();
    this.connect();
  }

  wake(event: 'online' | 'offline' | 'visible'): void {
    // "offline" is only a hint: a server on this machine stays reachable, so attempts continue.
    if (event === 'offline') return this.#socket.restart({ code: 'NETWORK', message: 'The network is gone.' });
    if (this.#socket.isLive) this.#socket.send('ping');
    else if (this.state.status.state !== 'refused') this.reconnect();
  }

  /** The server refuses the caller. */
  refused(reason: Reason): void {
    this.#socket.close();
    this.#onState('refused', reason);
  }

  close(): void {
    this.#isClosed = true;
    this.#socket.close();
    this.#readers.forEach((reader) => reader.close());
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
    else this.connect();
  }

  /** Opens the socket as soon as no first list is missing. */
  connect(): void {
    if (this.#isClosed || this.state.status.state === 'refused') return;
    const replicas = [...this.state.replicas.values()];
    const isReady = replicas.every(({ name, position }) => position !== undefined || !this.#readers.get(name)!.isBusy);
    if (isReady && replicas.some(({ position }) => position !== undefined)) this.#socket.open();
  }

  async #address(): Promise<Address> {
    const url = new URL(`parties/main/${encodeURIComponent(this.room.name)}`, this.room.base);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    try {
      const ticket = await this.#ticket();
      if (typeof ticket === 'object') return ticket;
      url.searchParams.set('cursor', String(this.state.seq));
      url.searchParams.set('positions', 'all');
      if (this.host.options.messages) url.searchParams.set('messages', 'all');
      if (ticket) url.searchParams.set('ticket', ticket);
      return { kind: 'address', url: url.href };
    } catch (failure) {
      return { kind: 'failed', reason: { code: 'TICKET', message: messageOf(failure) } };
    }
  }

  /** A browser's socket has no header for a token: it has a ticket in its address. */
  async #ticket(): Promise<string | undefined | Address> {
    if (this.host.options.ticket) return this.host.options.ticket();
    if (!this.credentials.hasToken) return undefined;
    const answer = await this.requests.send('POST', 'api/ticket');
    if (answer.kind === 'answered') return String(answer.body.ticket);
    const { code, message } = answer;
    return { kind: answer.kind === 'failed' ? 'failed' : 'refused', reason: { code, message } };
  }

  /** Why the server rejects the socket: its lists tell. Rows that the caller may no longer read are dropped. */
  async #rejection(): Promise<Reason | undefined> {
    const name = this.state.replicas.keys().next().value as string;
    const answer = await this.requests.send('GET', `${this.#path(name)}?limit=1`);
    if (answer.kind === 'refused') this.state.replicas.forEach((replica) => this.#onListProblem(replica, answer));
    return answer.kind === 'refused' || answer.kind === 'unauthorized' ? answer : undefined;
  }

  #receive(frame: Frame): void {
    switch (frame.kind) {
      case 'init':
        this.#commit = [];
        this.#counters = frame.counters;
        // Frames of the backlog have lower numbers.
        return this.state.replicas.forEach((replica) => (replica.frame ??= this.#counter(replica)));
      case 'broadcast':
        this.#commit.push(frame);
        if (!frame.more) this.state.step(() => this.#applyCommit(this.#commit.splice(0), frame.seq));
        return;
      case 'position':
        return this.state.step(() => this.#advance(frame.seq));
      case 'bootstrap':
        this.#commit = [];
        this.state.replicas.forEach((replica) => this.#readAnew(replica));
        return;
      case 'purge': {
        const replica = this.state.replicas.get(frame.collection);
        if (!replica) return;
        return this.state.step(() => {
          replica.replace([]);
          replica.state = 'empty';
          this.#readAnew(replica);
        });
      }
      case 'message':
        return this.state.onMessage.tell(frame.payload);
      case 'error':
        return this.#socket.restart({ code: 'ERROR', message: frame.message });
    }
  }

  #counter({ name }: Replica): number {
    return this.#counters?.[name] ?? 0;
  }

  /** The shown rows stay until the list has come. */
  #readAnew(replica: Replica): void {
    replica.position = undefined;
    replica.frame = Math.max(replica.frame ?? 0, this.#counter(replica));
    void this.#readers.get(replica.name)!.read();
  }

  #applyCommit(frames: readonly BroadcastFrame[], seq: number): void {
    for (const frame of frames) {
      const replica = this.state.replicas.get(frame.collection);
      if (replica) this.#applyFrame(replica, frame);
      const entry = frame.mutationId === undefined ? undefined : this.state.outbox.find(frame.mutationId);
      if (!entry) continue;
      this.state.rename(entry, idsIn(entry, frame));
      if (!entry.acceptance) this.state.accept(entry, { seq, ids: [], rows: [] });
      else entry.acceptance.seq ??= seq;
    }
    this.#advance(seq);
  }

  #applyFrame(replica: Replica, frame: BroadcastFrame): void {
    const reader = this.#readers.get(replica.name)!;
    const isAnyMissing = replica.frame !== undefined && frame.number > replica.frame + 1;
    replica.frame = frame.number;
    if (reader.isBusy) reader.receive(frame);
    else if (isAnyMissing) this.#readAnew(replica);
    else if (replica.position !== undefined && frame.seq > replica.position) apply(replica, frame);
  }

  #applyList(replica: Replica, rows: readonly Row[], position: number, since: readonly BroadcastFrame[]): void {
    replica.replace(rows);
    replica.position = position;
    replica.state = 'listed';
    replica.problem = undefined;
    for (const frame of since) {
      if (frame.seq <= replica.position) continue;
      apply(replica, frame);
    }
    replica.position = Math.max(position, ...since.map(({ seq }) => seq));
    this.state.settle();
    queueMicrotask(() => this.connect());
  }

  /** Everything up to the position has come. */
  #advance(seq: number): void {
    this.#seenSeq = Math.max(this.#seenSeq, seq);
    for (const replica of this.state.replicas.values()) {
      if (replica.position === undefined || this.#readers.get(replica.name)!.isBusy) continue;
      replica.position = Math.max(replica.position, seq);
    }
    this.state.settle();
  }

  #onListProblem(replica: Replica, answer: Exclude<Answer, { kind: 'answered' }>): void {
    const reason = { code: answer.code, message: answer.message };
    this.state.step(() => {
      replica.problem = reason;
      replica.touchState();
      if (answer.kind === 'failed') return;
      replica.state = 'refused';
      replica.position = undefined;
      if (answer.kind === 'refused' && replica.confirmed.size > 0) replica.replace([]); // the right to read is gone
    });
    if (answer.kind === 'unauthorized') this.refused(reason);
    else if (answer.kind === 'failed' && !this.#socket.isLive) this.state.setStatus({ state: 'offline', reason });
    else if (answer.kind === 'refused' && [...this.state.replicas.values()].every(({ problem }) => problem)) {
      this.refused(reason);
    }
    queueMicrotask(() => this.connect());
  }

  #onState(state: Status['state'], reason?: Reason): void {
    this.state.setStatus({ state, reason });
    if (state !== 'live') return;
    this.state.step(() => {
      for (const replica of this.state.replicas.values()) {
        if (replica.position === undefined || replica.state === 'listed') continue;
        replica.state = 'listed';
        replica.touchState();
      }
    });
    this.#retryLists();
    this.host.onLive();
  }

  #retryLists(): void {
    for (const [name, reader] of this.#readers) {
      const replica = this.state.replicas.get(name)!;
      if (reader.isBusy) reader.wake();
      else if (this.#isOpened && replica.position === undefined && !replica.problem) void reader.read();
    }
  }

  #path(collection: string): string {
    return `api/${encodeURIComponent(this.room.name)}/${encodeURIComponent(collection)}`;
  }
}

function apply(replica: Replica, { rows, deleted }: BroadcastFrame): void {
  for (const row of [...rows].reverse()) replica.put(row); // rows of one mutation keep their order
  deleted.forEach((id) => replica.drop(id));
}

/** Ids that the server gave the rows of a mutation, in a frame of it. */
function idsIn(entry: PendingEntry, { collection, rows }: BroadcastFrame): [string, string][] {
  const inserts = entry.changes.filter((change) => change.kind === 'insert' && change.collection === collection);
  const ids = inserts.length !== rows.length ? [] : inserts.map(({ id }, at): [string, string] => [id, rows[at]!.id]);
  return ids.filter(([from, to]) => from !== to);
}
