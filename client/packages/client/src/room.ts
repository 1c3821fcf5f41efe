import { Credentials } from './credentials.js';
import { Follower } from './follower.js';
import { Keeper } from './keeper.js';
import { Replica } from './replica.js';
import { Requests } from './requests.js';
import { RoomState } from './room-state.js';
import { type Kept, RoomStore } from './store.js';
import { Tabs } from './tabs.js';
import type { Change, ClientOptions, Environment, Status, Write } from './types.js';
import { Writer } from './writer.js';

/** One room of an application, for one user: what it shows, its connection, its outbox, and what the browser keeps of it. */
export class Room {
  readonly state = new RoomState();
  isClosed = false;

  readonly #credentials: Credentials;
  readonly #follower: Follower;
  readonly #writer: Writer;
  readonly #stopWaking: () => void;
  readonly #opening: Promise<void>;
  #tabs: Tabs | undefined;

  constructor(
    private readonly environment: Environment,
    readonly base: URL,
    readonly name: string,
    readonly options: ClientOptions,
  ) {
    this.#credentials = new Credentials(environment, options);
    const requests = new Requests(environment, base, this.#credentials);
    this.#follower = new Follower(environment, this, this.state, requests, this.#credentials, {
      options,
      onLive: () => this.#writer.wake(),
    });
    this.#writer = new Writer(environment, name, this.state, requests, {
      maxInFlight: options.maxInFlight,
      follow: (collection) => this.follow(collection),
      onFailed: () => this.#follower.connect(),
      onUnauthorized: (reason) => this.#follower.refused(reason),
    });
    this.#stopWaking = environment.onWake((event) => {
      this.#follower.wake(event);
      if (event !== 'offline') this.#writer.wake();
    });
    this.#opening = this.#open();
  }

  follow(name: string): Replica {
    const known = this.state.replicas.get(name);
    if (known) return known;
    const replica = new Replica(name, {
      outbox: this.state.outbox,
      mutate: (changes) => this.mutate(changes),
      refetch: (of) => this.#follower.refetch(of),
    });
    this.state.replicas.set(name, replica);
    this.#follower.follow(replica);
    return replica;
  }

  mutate(changes: Change[]): Write {
    return this.#writer.mutate(changes);
  }

  flush(): void {
    this.#writer.flush();
  }

  setToken(token: string): void {
    this.#credentials.set(token);
    if (!this.#follower.isLive) this.#follower.reconnect();
    this.#writer.wake();
  }

  reconnect(): void {
    this.#follower.reconnect();
    this.#writer.wake();
  }

  async close(forget: boolean): Promise<void> {
    this.isClosed = true;
    this.#stopWaking();
    this.#follower.close();
    this.#writer.close();
    this.#credentials.close();
    await this.#opening;
    await this.state.keeper?.close(forget);
    this.#tabs?.close();
    for (const entry of this.state.outbox.all) entry.conclude({ kind: 'closed' });
    this.state.onStep.tell();
  }

  /** Opens the browser's storage, shows what is there, and begins to follow and to send. */
  async #open(): Promise<void> {
    let kept: Kept | undefined;
    let storageReason: Status['storageReason'];
    try {
      const opened = await this.#openStore();
      if (typeof opened === 'string') storageReason = opened;
      else kept = opened;
    } catch {
      storageReason = 'unavailable';
    }
    this.state.setStatus({ storage: storageReason ? 'memory' : 'durable', storageReason });
    this.state.step(() => {
      this.#writer.open(kept?.outbox ?? [], this.#tabs);
      this.#follower.open(kept);
    });
  }

  async #openStore(): Promise<Kept | NonNullable<Status['storageReason']>> {
    if (this.options.storage === 'memory') return 'off';
    const user = await this.#credentials.user().catch(() => undefined);
    if (user === undefined) return 'no-user';
    const name = `lockstep ${this.base.href} ${this.name} ${user}`;
    const store = await RoomStore.open(this.environment, name, () => this.#storageLost('unavailable'));
    if (!store) return 'unavailable';
    // Before the load, so that no message of another tab is missed.
    const lead = () => void this.#opening.then(() => this.#lead());
    this.#tabs = new Tabs(this.environment, name, (message) => this.#writer.receive(message), lead);
    const kept = await store.load();
    this.state.keeper = new Keeper(this.environment, store, kept, {
      replicas: () => this.state.replicas.values(),
      onKept: (entry, order) => this.#writer.onKept(entry, order),
      onNotKept: (entry) => this.#writer.onNotKept(entry),
      onEnded: (mutations) => this.#tabs?.tell({ type: 'ended', mutations }),
      onStorage: (reason) => this.#storageLost(reason),
    });
    return kept;
  }

  async #lead(): Promise<void> {
    const { keeper } = this.state;
    if (this.isClosed || !keeper) return;
    const kept = await keeper.lead().catch(() => this.#storageLost('unavailable'));
    if (kept) this.state.step(() => this.#writer.lead(kept));
  }

  #storageLost(storageReason: 'quota' | 'unavailable'): void {
    this.state.setStatus({ storage: 'memory', storageReason });
  }
}
