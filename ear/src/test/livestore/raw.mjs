// The wire protocol without LiveStore's packages, for races and for frames that no published client sends.

import { WebSocket } from 'ws';

export const none = { _tag: 'None' };
export const some = (value) => ({ _tag: 'Some', value });

/** An event with a number; its parent is the number before. */
export const anEvent = (seqNum, { id = `raw.${seqNum}`, text = 'raw', parentSeqNum = seqNum - 1, ...others } = {}) => ({
  name: 'v1.ItemAdded',
  args: { id, text },
  seqNum,
  parentSeqNum,
  clientId: 'raw',
  sessionId: 'static',
  ...others,
});

/** Events with successive numbers. */
export const eventsAfter = (head, count, how) => Array.from({ length: count }, (_, n) => anEvent(head + 1 + n, how));

/** A pull, and what it has received. */
class Pull {
  /** The events, as on the wire. */
  log = [];
  /** Per page: its number of events and its page info. */
  pages = [];
  backendId;

  #waiting = [];

  constructor(id, acks, onPage) {
    this.id = id;
    this.acks = acks;
    this.onPage = onPage;
    /** The exit, or {_tag: 'Closed', code} of the socket. */
    this.exit = new Promise((resolve) => (this.end = resolve));
  }

  receive(page) {
    const { batch, pageInfo, backendId } = page;
    this.onPage?.(page);
    this.backendId = backendId;
    this.log.push(...batch.map(({ eventEncoded }) => eventEncoded));
    this.pages.push({ size: batch.length, pageInfo });
    this.#waiting = this.#waiting.filter(({ condition, resolve }) => !condition() || resolve());
  }

  get head() {
    return this.log.at(-1)?.seqNum ?? 0;
  }

  /** Waits for a condition of what was received; looks after each page. */
  when(condition) {
    return condition() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ condition, resolve }));
  }

  /** The backlog is complete. */
  live() {
    return this.when(() => this.pages.some(({ pageInfo }) => pageInfo._tag === 'NoMore'));
  }
}

/** One socket. */
export class RawClient {
  /** Messages that no request of this client is waiting for. */
  others = [];
  /** Set when the socket is closed. */
  closed;

  #socket;
  #ids = 0;
  #pulls = new Map();
  #pushes = new Map();
  #pongs = [];
  #store;

  constructor(socket, store) {
    this.#socket = socket;
    this.#store = store;
    this.ended = new Promise((resolve) => {
      socket.on('close', (code) => {
        this.closed = code;
        for (const pull of this.#pulls.values()) pull.end({ _tag: 'Closed', code });
        for (const push of this.#pushes.values()) push({ _tag: 'Closed', code });
        for (const { reject } of this.#pongs) reject(new Error(`closed with ${code}`));
        resolve(code);
      });
    });
    socket.on('error', () => {});
    socket.on('message', (data) => this.#receive(JSON.parse(data)));
  }

  static async open(url, store) {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 1 << 26, handshakeTimeout: 10_000 });
    const client = new RawClient(socket, store);
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('unexpected-response', (asked, { statusCode }) => {
        reject(Object.assign(new Error(`${statusCode} at the upgrade`), { statusCode }));
        asked.destroy();
      });
      socket.on('error', reject);
    });
    return client;
  }

  #receive(message) {
    const { _tag: tag, requestId } = message;
    if (tag === 'Pong' && this.#pongs.length > 0) return this.#pongs.shift().resolve();
    if (tag === 'Chunk' && this.#pulls.has(requestId)) {
      const pull = this.#pulls.get(requestId);
      if (pull.acks) this.ack(requestId);
      return message.values.forEach((page) => pull.receive(page));
    }
    if (tag === 'Exit' && this.#pulls.has(requestId)) {
      this.#pulls.get(requestId).end(message.exit);
      return this.#pulls.delete(requestId);
    }
    if (tag === 'Exit' && this.#pushes.has(requestId)) {
      this.#pushes.get(requestId)(message.exit);
      return this.#pushes.delete(requestId);
    }
    this.others.push(message);
  }

  /** Sends a frame as it is: text, bytes, or an object as JSON. */
  send(frame) {
    this.#socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  #request(tag, payload) {
    const id = String(this.#ids++);
    this.send({ _tag: 'Request', id, tag, payload: { storeId: this.#store, ...payload }, headers: [] });
    return id;
  }

  /** The exit of a push whose batch is JSON already. */
  pushText(batch) {
    const id = String(this.#ids++);
    const payload = `{"storeId":${JSON.stringify(this.#store)},"batch":${batch},"backendId":{"_tag":"None"}}`;
    this.send(`{"_tag":"Request","id":"${id}","tag":"SyncWsRpc.Push","payload":${payload},"headers":[]}`);
    return new Promise((resolve) => this.#pushes.set(id, resolve));
  }

  /**
   * @param after number of the last event that is known; without it, from the beginning
   * @param acks whether chunks are acknowledged
   * @param onPage called with each page
   */
  pull({ after, backendId, live = false, acks = true, onPage } = {}) {
    const cursor = after === undefined ? none : some({ backendId, eventSequenceNumber: after });
    const pull = new Pull(this.#request('SyncWsRpc.Pull', { live, cursor }), acks, onPage);
    this.#pulls.set(pull.id, pull);
    return pull;
  }

  /** The exit of a push. */
  push(batch, backendId) {
    const id = this.#request('SyncWsRpc.Push', { batch, backendId: backendId === undefined ? none : some(backendId) });
    return new Promise((resolve) => this.#pushes.set(id, resolve));
  }

  ack(requestId) {
    this.send({ _tag: 'Ack', requestId });
  }

  interrupt(requestId) {
    this.send({ _tag: 'Interrupt', requestId });
  }

  ping() {
    const pong = new Promise((resolve, reject) => this.#pongs.push({ resolve, reject }));
    this.send({ _tag: 'Ping' });
    return pong;
  }

  close() {
    this.#socket.close();
    // A frame that is still on its way would keep the process.
    this.#socket.terminate();
  }
}

/** Pushes events on the store's head, whatever else is pushed meanwhile. */
export class RawWriter {
  /** Exactly those that the server has accepted. */
  accepted = [];

  #client;
  #head;
  #made = 0;

  constructor(client, name, head = 0) {
    this.#client = client;
    this.name = name;
    this.#head = head;
  }

  /** The number of the last event that the server has accepted. */
  get head() {
    return this.#head;
  }

  async push(count = 1) {
    const first = this.#made;
    this.#made += count;
    for (;;) {
      const batch = Array.from({ length: count }, (_, n) =>
        anEvent(this.#head + 1 + n, { id: `${this.name}.${first + n}`, clientId: this.name }),
      );
      const exit = await this.#client.push(batch);
      if (exit._tag === 'Success') {
        this.#head += count;
        this.accepted.push(...batch);
        return;
      }
      const { error } = exit.cause ?? {};
      if (error?._tag !== 'ServerAheadError') throw new Error(`push of ${this.name}: ${JSON.stringify(exit)}`);
      this.#head = error.minimumExpectedNum;
    }
  }
}
