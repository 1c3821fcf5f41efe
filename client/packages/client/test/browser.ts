import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { createClient, type BroadcastChannelLike, type Client, type ClientOptions, type Environment } from '../src/index.js';
import { Clock } from './clock.js';
import { Server, ServerSocket } from './server.js';

type Wake = 'online' | 'offline' | 'visible';

/** One browser: what its tabs share. */
export class Browser {
  readonly tabs = new Set<Tab>();
  readonly indexedDB: IDBFactory = new IDBFactory();
  private readonly locks = new Map<string, { tab: Tab; grant: () => void }[]>();
  private readonly channels = new Set<Channel>();

  constructor(
    readonly clock: Clock,
    readonly server: Server,
    readonly random: () => number = () => 0.5,
  ) {}

  open(options: Partial<ClientOptions> = {}, environment: Partial<Environment> = {}): Tab {
    const tab = new Tab(this, options, environment);
    this.tabs.add(tab);
    return tab;
  }

  request(tab: Tab, name: string, signal: AbortSignal | undefined, callback: () => Promise<void>): Promise<unknown> {
    return new Promise((resolve) => {
      const queue = this.locks.get(name) ?? [];
      this.locks.set(name, queue);
      const leave = (request: { tab: Tab }) => {
        const at = queue.indexOf(request as (typeof queue)[number]);
        if (at < 0) return;
        queue.splice(at, 1);
        if (at === 0) queueMicrotask(() => queue[0]?.grant());
      };
      const request = { tab, grant: () => void callback().then(() => (leave(request), resolve(undefined))) };
      queue.push(request);
      signal?.addEventListener('abort', () => queue[0] !== request && leave(request));
      if (queue[0] === request) queueMicrotask(() => queue[0] === request && request.grant());
    });
  }

  /** Locks and channels of a tab that is gone. */
  release(tab: Tab): void {
    for (const queue of this.locks.values()) {
      const held = queue[0]?.tab === tab;
      queue.splice(0, queue.length, ...queue.filter((request) => request.tab !== tab));
      if (held) queueMicrotask(() => queue[0]?.grant());
    }
    for (const channel of this.channels) if (channel.tab === tab) this.channels.delete(channel);
  }

  channel(tab: Tab, name: string): BroadcastChannelLike {
    const channel = new Channel(tab, name, (from, message) => {
      for (const other of this.channels) {
        if (other === from || other.name !== name) continue;
        const copy = structuredClone(message);
        queueMicrotask(() => this.channels.has(other) && other.onmessage?.({ data: copy }));
      }
    });
    this.channels.add(channel);
    return channel;
  }
}

class Channel implements BroadcastChannelLike {
  onmessage: BroadcastChannelLike['onmessage'] = null;

  constructor(
    readonly tab: Tab,
    readonly name: string,
    private readonly post: (from: Channel, message: unknown) => void,
  ) {}

  postMessage(message: unknown): void {
    this.post(this, message);
  }

  close(): void {
    this.onmessage = null;
  }
}

/** A tab with one client. */
export class Tab {
  readonly client: Client;
  readonly options: ClientOptions;
  readonly refusals: string[] = [];
  private isGone = false;
  private readonly wakes = new Set<(event: Wake) => void>();

  constructor(
    private readonly browser: Browser,
    options: Partial<ClientOptions>,
    overrides: Partial<Environment>,
  ) {
    const { clock, server } = browser;
    const tab = this;
    const environment: Environment = {
      now: () => clock.millis,
      setTimeout: (run, pause) => (this.isGone ? undefined : clock.setTimeout(run, pause, this)),
      clearTimeout: (timer) => clock.clearTimeout(timer),
      random: browser.random,
      fetch: (url, init) => (this.isGone ? NEVER : this.alive(server.fetch(new URL(String(url)), init!))),
      WebSocket: class extends ServerSocket {
        constructor(url: string) {
          super(server, url);
          tab.sockets.add(this);
        }
      },
      indexedDB: browser.indexedDB,
      locks: { request: (name, { signal }, callback) => browser.request(this, name, signal, callback) },
      BroadcastChannel: class {
        onmessage: BroadcastChannelLike['onmessage'] = null;
        constructor(name: string) {
          return browser.channel(tab, name) as never;
        }
        postMessage(): void {}
        close(): void {}
      },
      onWake: (listener) => {
        this.wakes.add(listener);
        return () => this.wakes.delete(listener);
      },
      ...overrides,
    };
    this.options = { url: 'http://server/app/', environment, ...options };
    this.client = createClient(this.options);
    this.client.onRefused(({ code, changes }) => this.refusals.push(`${code} ${changes.map(({ kind }) => kind)}`));
  }

  readonly sockets = new Set<ServerSocket>();

  get todos() {
    return this.client.collection('todos');
  }

  titles(): unknown[] {
    return this.todos.rows.map((row) => row['title']);
  }

  wake(event: Wake): void {
    this.wakes.forEach((listener) => listener(event));
  }

  /** The process of the tab is killed: nothing it began goes on. */
  crash(): void {
    this.isGone = true;
    this.browser.tabs.delete(this);
    this.browser.clock.forget(this);
    this.browser.release(this);
    this.sockets.forEach((socket) => {
      socket.close();
      socket.onmessage = socket.onclose = null;
    });
  }

  private async alive<T>(promise: Promise<T>): Promise<T> {
    const value = await promise.catch((failure) => (this.isGone ? NEVER : Promise.reject(failure)));
    return this.isGone ? NEVER : value;
  }
}

const NEVER = new Promise<never>(() => {});
