// Clients of the native dialect that keep a cursor: one subscribes to a room by a socket, one reads the changes of a
// list.

import { WebSocket } from 'ws';
import { APPLICATION, tryNatively } from './server.mjs';

const AGAIN_MILLIS = 200;

/** A collection of a room, with its known position. */
class Rows {
  #byId = new Map();
  position = 0;

  /** Number of times that the server did not have the changes after the position. */
  lost = 0;

  constructor(user, room, collection) {
    Object.assign(this, { user, room, collection });
  }

  get all() {
    return [...this.#byId.values()];
  }

  put(row) {
    this.#byId.set(row.id, row);
  }

  drop(id) {
    this.#byId.delete(id);
  }

  /** Reads the list, whole or as its changes since the position. */
  async read(query) {
    const { status, headers, body } = await tryNatively(this.user, `${this.room}/${this.collection}${query}`);
    if (status === 410 && query) {
      this.lost++;
      return this.read('');
    }
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    if (!query) this.#byId.clear();
    body[this.collection].forEach((row) => this.put(row));
    for (const id of body.$deleted ?? []) this.drop(id);
    this.position = body.$seq ?? Number(headers.get('lockstep-seq'));
  }
}

/** Reads the changes of a list on request. */
export class ListClient {
  constructor(user, room, collection) {
    this.rows = new Rows(user, room, collection);
  }

  /** The first read is of the whole list. */
  catchUp() {
    return this.rows.read(this.rows.position ? `?cursor=${this.rows.position}` : '');
  }
}

/** Reads the list once, then subscribes; when its socket ends, it reconnects with its cursor until it is closed. */
export class SocketClient {
  #socket;
  #open = false;
  #work = Promise.resolve();

  constructor(user, room, collection) {
    this.rows = new Rows(user, room, collection);
  }

  async start() {
    if (!this.rows.position) await this.rows.read('');
    this.#open = true;
    this.#connect();
  }

  /** Ends the socket; the rows and the cursor stay. */
  close() {
    this.#open = false;
    this.#socket?.terminate();
  }

  #connect() {
    if (!this.#open) return;
    const { user, room, position } = this.rows;
    const address = `${APPLICATION.replace(/^http/, 'ws')}/parties/main/${room}?cursor=${position}`;
    const socket = new WebSocket(address, { headers: { authorization: `Bearer ${user}-token` } });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('message', (text) => {
      const frame = JSON.parse(text);
      // One after another: a list is read while frames come. If it cannot be read, the later frames come again.
      const take = () => socket.readyState === WebSocket.OPEN && this.#take(frame);
      this.#work = this.#work.then(take).catch(() => socket.terminate());
    });
    socket.on('close', () => this.#work.then(() => setTimeout(() => this.#connect(), AGAIN_MILLIS)));
  }

  async #take(frame) {
    const { rows } = this;
    if (frame.type === 'bootstrap-needed') {
      rows.lost++;
      await rows.read('');
      return;
    }
    if (frame.type !== 'broadcast' || frame.seq <= rows.position) return;
    if (frame.collection === rows.collection) this.#apply(frame);
    if (!frame.more) rows.position = frame.seq;
  }

  #apply({ action, payload }) {
    if (action === 'delete') this.rows.drop(payload.id);
    else if (action === 'bulk-delete') payload.ids.forEach((id) => this.rows.drop(id));
    else [payload].flat().forEach((row) => this.rows.put(row));
  }
}
