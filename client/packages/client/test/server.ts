import type { WebSocketLike } from '../src/index.js';

type Row = { id: string } & Record<string, unknown>;
type Change = { kind: 'insert' | 'update' | 'delete'; collection: string; id: string; fields: Record<string, unknown> };

interface Commit {
  seq: number;
  frames: string[];
}

interface Refusal {
  status: number;
  code: string;
  message: string;
}

/** The native dialect in memory: lists, exactly-once writes, one log, and its socket. */
export class Server {
  readonly rows = new Map<string, Map<string, Row>>();
  readonly sockets = new Set<ServerSocket>();
  readonly requests: string[] = [];
  /** Effects of each mutation id. */
  readonly effects = new Map<string, number>();
  head = 100;
  floor = 100;
  /** Whether clients choose ids. */
  clientIds = true;
  isReachable = true;
  /** Requests take effect, and their answers are lost. */
  losesAnswers = false;
  /** Between commits. */
  tickMillis = 1;
  /** Answers and frames are delivered by it. */
  later: (deliver: () => void) => void = queueMicrotask;
  token: string | undefined;
  refuse: (changes: Change[]) => Refusal | undefined = () => undefined;

  readonly #broadcasts = new Map<string, number>();
  private log: Commit[] = [];
  private readonly results = new Map<string, { status: number; body: unknown; seq?: number }>();
  private ids = 0;
  private time = Date.UTC(2026, 0, 2);
  private readonly tickets = new Set<string>();

  collection(name: string): Map<string, Row> {
    const rows = this.rows.get(name) ?? new Map<string, Row>();
    this.rows.set(name, rows);
    return rows;
  }

  listed(name: string): Row[] {
    return [...this.collection(name).values()].reverse();
  }

  /** A change by someone else. */
  write(...changes: Change[]): number {
    this.commit(changes, undefined);
    return this.head;
  }

  insert(collection: string, id: string, fields: Record<string, unknown>): number {
    return this.write({ kind: 'insert', collection, id, fields });
  }

  update(collection: string, id: string, fields: Record<string, unknown>): number {
    return this.write({ kind: 'update', collection, id, fields });
  }

  delete(collection: string, id: string): number {
    return this.write({ kind: 'delete', collection, id, fields: {} });
  }

  /** The log begins here: older cursors are lost. */
  prune(): void {
    this.floor = this.head;
    this.log = [];
  }

  /** Sends a frame to all sockets. */
  send(frame: unknown): void {
    for (const socket of this.sockets) socket.deliver(JSON.stringify(frame));
  }

  closeSockets(code: number, reason = ''): void {
    for (const socket of [...this.sockets]) socket.end(code, reason);
  }

  /** The network goes or comes. */
  reach(isReachable: boolean): void {
    this.isReachable = isReachable;
    if (!isReachable) this.closeSockets(1006);
  }

  async fetch(url: URL, init: RequestInit): Promise<Response> {
    const request = `${init.method} ${url.pathname.replace('/app/', '')}`;
    const sent = this.isReachable ? this.answer(url, init, request) : undefined;
    return new Promise((resolve, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      this.later(() => {
        if (!sent || !this.isReachable || this.losesAnswers) return reject(new TypeError('fetch failed'));
        const headers = { 'content-type': 'application/json', ...(sent.seq ? { 'lockstep-seq': String(sent.seq) } : {}) };
        resolve(new Response(JSON.stringify(sent.body), { status: sent.status, headers }));
      });
    });
  }

  connect(socket: ServerSocket, url: URL): void {
    this.requests.push(`SOCKET ${url.search}`);
    const ticket = url.searchParams.get('ticket');
    if (!this.isReachable || this.refuse([]) || (this.token !== undefined && !this.tickets.delete(ticket ?? ''))) {
      this.later(() => socket.end(1006, ''));
      return;
    }
    this.sockets.add(socket);
    const cursor = Number(url.searchParams.get('cursor'));
    socket.deliver(JSON.stringify({ type: 'sync-init', counters: Object.fromEntries(this.#broadcasts), seq: this.head }));
    if (cursor < this.floor || cursor > this.head) {
      socket.deliver(JSON.stringify({ type: 'bootstrap-needed', seq: this.head }));
      return;
    }
    this.log.filter(({ seq }) => seq > cursor).forEach(({ frames }) => frames.forEach((frame) => socket.deliver(frame)));
    socket.deliver(JSON.stringify({ type: 'position', seq: this.head }));
  }

  receive(socket: ServerSocket, text: string): void {
    this.requests.push(`FRAME ${text}`);
    if (text === 'ping') {
      socket.deliver('pong');
      socket.deliver(JSON.stringify({ type: 'position', seq: this.head }));
    } else {
      const accepted = JSON.parse(text).token === this.token;
      socket.deliver(JSON.stringify(accepted ? { type: 'token-accepted' } : { type: 'error', message: 'wrong token' }));
    }
  }

  private answer(url: URL, init: RequestInit, request: string): { status: number; body: unknown; seq?: number } {
    this.requests.push(request);
    const bearer = new Headers(init.headers).get('authorization')?.replace('Bearer ', '');
    if (this.token !== undefined && bearer !== this.token) return refused({ status: 401, code: 'UNAUTHENTICATED', message: 'Unauthorized' });
    if (request === 'POST api/ticket') {
      const ticket = `ticket-${++this.ids}`;
      this.tickets.add(ticket);
      return { status: 200, body: { ticket } };
    }
    const [, , , name = '', row] = url.pathname.split('/').slice(1).map(decodeURIComponent);
    const body = init.body ? JSON.parse(String(init.body)) : {};
    if (init.method === 'GET') {
      const refusal = this.refuse([]);
      return refusal ? refused(refusal) : { status: 200, body: { [name]: this.listed(name) }, seq: this.head };
    }
    const mutationId: string = body._clientMutationId ?? url.searchParams.get('_clientMutationId');
    const known = this.results.get(mutationId);
    if (known) return known;
    const changes = changesOf(init.method!, name, row, body);
    const result = this.mutate(changes, mutationId, name !== 'mutations' && row !== 'bulk', name === 'mutations');
    if (result.status < 500) this.results.set(mutationId, result);
    return result;
  }

  private mutate(changes: Change[], mutationId: string, isSingle: boolean, isMixed: boolean): { status: number; body: unknown; seq?: number } {
    const refusal = this.refuse(changes);
    if (refusal) return refused(refusal);
    const existing = changes.filter(({ kind, collection, id }) => kind === 'insert' || this.collection(collection).has(id));
    if (isSingle && existing.length === 0) {
      if (changes[0]!.kind === 'delete') this.effects.set(mutationId, 1);
      return refused({ status: 404, code: 'NOT_FOUND', message: 'There is no such row' });
    }
    if (!this.clientIds) for (const change of changes) if (change.kind === 'insert') change.id = `server-${++this.ids}`;
    this.commit(existing, mutationId);
    this.effects.set(mutationId, (this.effects.get(mutationId) ?? 0) + 1);
    const rowOf = (change: Change) => {
      if (!existing.includes(change)) return null;
      return change.kind === 'delete' ? { id: change.id } : this.collection(change.collection).get(change.id);
    };
    const answered = isMixed ? changes : existing.filter(({ kind }) => kind !== 'delete');
    const data = answered.map(rowOf);
    return { status: 200, body: { success: true, data: isSingle ? data[0] : data }, seq: this.head };
  }

  /** Frames of a collection are numbered without gaps. */
  #broadcast(collection: string): number {
    const number = (this.#broadcasts.get(collection) ?? 0) + 1;
    this.#broadcasts.set(collection, number);
    return number;
  }

  private commit(changes: Change[], clientMutationId: string | undefined): void {
    const groups: { collection: string; action: string; payload: unknown[] }[] = [];
    const now = new Date((this.time += this.tickMillis)).toISOString();
    this.head += changes.length;
    for (const { kind, collection, id, fields } of changes) {
      const rows = this.collection(collection);
      if (kind === 'insert') rows.set(id, { ...fields, id, createdAt: now, updatedAt: now });
      else if (kind === 'update') rows.set(id, { ...rows.get(id)!, ...fields, updatedAt: now });
      else rows.delete(id);
      const payload = kind === 'delete' ? id : { ...rows.get(id)! };
      const last = groups.at(-1);
      if (last?.collection === collection && last.action === kind) last.payload.push(payload);
      else groups.push({ collection, action: kind, payload: [payload] });
    }
    const frames = groups.map(({ collection, action, payload }, at) => {
      const bulk = payload.length > 1;
      const what = action === 'delete' ? (bulk ? { ids: payload } : { id: payload[0] }) : bulk ? payload : payload[0];
      return JSON.stringify({
        type: 'broadcast',
        collection,
        action: `${bulk ? 'bulk-' : ''}${action}`,
        payload: what,
        broadcastId: this.#broadcast(collection),
        clientMutationId,
        seq: this.head,
        ...(at + 1 < groups.length ? { more: true } : {}),
      });
    });
    this.log.push({ seq: this.head, frames });
    for (const socket of this.sockets) frames.forEach((frame) => socket.deliver(frame));
  }
}

/** A socket of the server, as its client sees it. */
export class ServerSocket implements WebSocketLike {
  onmessage: WebSocketLike['onmessage'] = null;
  onclose: WebSocketLike['onclose'] = null;
  private isOpen = true;
  private queue: (() => void)[] = [];

  constructor(
    private readonly server: Server,
    url: string,
  ) {
    server.connect(this, new URL(url));
  }

  send(text: string): void {
    if (this.isOpen) this.server.receive(this, text);
  }

  close(): void {
    this.isOpen = false;
    this.server.sockets.delete(this);
  }

  /** In order, whatever the delays. */
  deliver(data: string): void {
    this.later(() => this.onmessage?.({ data }));
  }

  end(code: number, reason: string): void {
    this.server.sockets.delete(this);
    this.later(() => {
      this.isOpen = false;
      this.onclose?.({ code, reason });
    });
  }

  private later(work: () => void): void {
    this.queue.push(work);
    this.server.later(() => {
      const next = this.queue.shift();
      if (this.isOpen) next?.();
    });
  }
}

function refused({ status, code, message }: Refusal): { status: number; body: unknown } {
  return { status, body: { error: { code, message } } };
}

function changesOf(method: string, name: string, row: string | undefined, body: any): Change[] {
  const { _clientMutationId, _entityId, _entityIds, ...fields } = body;
  const change = (kind: Change['kind'], id: string, of: Record<string, unknown>): Change => ({ kind, collection: name, id, fields: of });
  if (name === 'mutations') {
    return body.changes.map(({ action, collection, id, data }: any) => ({ kind: action, collection, id, fields: data ?? {} }));
  }
  if (row === 'bulk') {
    if (method === 'POST') return body.items.map((item: any, at: number) => change('insert', _entityIds[at], item));
    if (method === 'PUT') return body.items.map(({ id, data }: any) => change('update', id, data));
    return body.ids.map((id: string) => change('delete', id, {}));
  }
  if (method === 'POST') return [change('insert', _entityId, fields)];
  return [method === 'PUT' ? change('update', row!, fields) : change('delete', row!, {})];
}
