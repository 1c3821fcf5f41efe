import { backoffMillis } from './backoff.js';
import { type Frame, readFrame } from './frames.js';
import type { Environment, Reason, WebSocketLike } from './types.js';

/** Time limit from opening a socket to its first frame. */
const FIRST_FRAME_MILLIS_MAX = 10_000;
/** After this long without a frame the server is asked whether it is there. */
const QUIET_MILLIS_MAX = 20_000;
const PONG_MILLIS_MAX = 10_000;
/** After a connection of at least this time, the next pause is the shortest again. */
const GOOD_CONNECTION_MILLIS_MIN = 5_000;

const CLOSED_UNAUTHENTICATED = 4401;
const CLOSED_REFUSED = 4403;
const CLOSED_VIOLATION = 1008;

export type Address = { kind: 'address'; url: string } | { kind: 'refused' | 'failed'; reason: Reason };

export interface SocketEvents {
  /** The address of the next attempt, with current cursor and credentials. */
  address(): Promise<Address>;
  onFrame(frame: Frame): void;
  onState(state: 'live' | 'offline' | 'refused', reason?: Reason): void;
  /** The identity of the socket has expired. Returns undefined if there is a newer one. */
  onExpired(message: string): Promise<Reason | undefined>;
  /** The socket was closed before its first frame, for a reason that browsers do not tell. */
  onRejected(): Promise<Reason | undefined>;
}

/** The socket of a room, opened again after every loss until it is closed or refused. */
export class Socket {
  #socket: WebSocketLike | undefined;
  #wanted = false;
  #opening = false;
  #isOpen = false;
  #liveSince: number | undefined;
  #failures = 0;
  #retryTimer: unknown;
  #quietTimer: unknown;

  constructor(
    private readonly environment: Environment,
    private readonly events: SocketEvents,
  ) {}

  /** Opens the socket now, unless it is open. */
  open(): void {
    this.#wanted = true;
    if (this.#socket || this.#opening) return;
    this.environment.clearTimeout(this.#retryTimer);
    this.#opening = true;
    void this.events.address().then((address) => {
      this.#opening = false;
      if (!this.#wanted) return;
      if (address.kind === 'address') this.#connect(address.url);
      else if (address.kind === 'refused') this.#refuse(address.reason);
      else this.#retry(address.reason);
    });
  }

  get isLive(): boolean {
    return this.#liveSince !== undefined;
  }

  send(text: string): void {
    if (this.#isOpen) this.#socket?.send(text);
  }

  close(): void {
    this.#wanted = false;
    this.environment.clearTimeout(this.#retryTimer);
    this.#discard();
  }

  /** Replaces the socket, with the cursor of now. */
  restart(reason: Reason): void {
    if (!this.#socket) return;
    this.#discard();
    this.#retry(reason);
  }

  #connect(url: string): void {
    const socket = new this.environment.WebSocket(url);
    this.#socket = socket;
    this.#watch(FIRST_FRAME_MILLIS_MAX, () => this.#lost(socket, TIMEOUT));
    socket.onmessage = ({ data }) => this.#socket === socket && this.#receive(socket, data);
    socket.onclose = ({ code, reason }) => this.#socket === socket && this.#onClose(socket, code, reason);
  }

  #receive(socket: WebSocketLike, data: unknown): void {
    this.#watch(QUIET_MILLIS_MAX, () => {
      socket.send('ping');
      this.#watch(PONG_MILLIS_MAX, () => this.#lost(socket, TIMEOUT));
    });
    const frame = readFrame(data);
    if (!frame) return;
    this.#isOpen = true;
    if (frame.kind === 'init' || (frame.kind === 'bootstrap' && !this.isLive)) {
      this.#liveSince ??= this.environment.now();
      this.events.onFrame(frame);
      this.events.onState('live');
      return;
    }
    this.events.onFrame(frame);
  }

  #onClose(socket: WebSocketLike, code: number, reason: string): void {
    const why = { code: `CLOSED_${code}`, message: reason || 'The connection was closed.' };
    if (code === CLOSED_REFUSED || code === CLOSED_VIOLATION) {
      this.#refuse({ code: 'FORBIDDEN', message: why.message });
    } else if (this.isLive && code !== CLOSED_UNAUTHENTICATED) {
      this.#lost(socket, why);
    } else {
      this.#discard();
      this.#opening = true;
      const refusal = code === CLOSED_UNAUTHENTICATED ? this.events.onExpired(why.message) : this.events.onRejected();
      void refusal.then((reason) => {
        this.#opening = false;
        if (!this.#wanted) return;
        if (reason) this.#refuse(reason);
        else this.#retry(why);
      });
    }
  }

  #lost(socket: WebSocketLike, reason: Reason): void {
    if (this.#socket !== socket) return;
    this.#discard();
    this.#retry(reason);
  }

  #refuse(reason: Reason): void {
    this.#discard();
    this.#wanted = false;
    this.events.onState('refused', reason);
  }

  #retry(reason: Reason): void {
    this.#failures += 1;
    const pause = backoffMillis(this.#failures, this.environment.random);
    this.environment.clearTimeout(this.#retryTimer);
    this.#retryTimer = this.environment.setTimeout(() => this.open(), pause);
    this.events.onState('offline', reason);
  }

  /** A lost socket is not waited for: its close handshake may never end. */
  #discard(): void {
    this.environment.clearTimeout(this.#quietTimer);
    const socket = this.#socket;
    const liveSince = this.#liveSince;
    if (liveSince !== undefined && this.environment.now() - liveSince >= GOOD_CONNECTION_MILLIS_MIN) this.#failures = 0;
    this.#socket = undefined;
    this.#isOpen = false;
    this.#liveSince = undefined;
    socket?.close();
  }

  #watch(millis: number, then: () => void): void {
    this.environment.clearTimeout(this.#quietTimer);
    this.#quietTimer = this.environment.setTimeout(then, millis);
  }
}

const TIMEOUT: Reason = { code: 'TIMEOUT', message: 'The server sent nothing.' };
