// Clients in processes of their own, each behind a forwarder that the test cuts.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startForwarder } from '../browser/forwarder.mjs';
import { until, within } from '../strata/waiting.mjs';
import { Observer } from './observer.mjs';
import { APPLICATION } from './server.mjs';

const PROGRAM = fileURLToPath(new URL('client.mjs', import.meta.url));

/** Node.js 20 has a WebSocket on request only. */
const FLAGS = typeof WebSocket === 'undefined' ? ['--experimental-websocket'] : [];

/** The published client reconnects after up to 30 s, and does not answer while it applies a long backlog. */
export const SETTLE_MILLIS_MAX = 180_000;

/** The last lines of a client's log that a failure shows. */
const LOG_LINES_MAX = 20;

/** One client on one device, over all of its starts. */
class Client {
  /** The events that were committed: name and args. */
  committed = [];

  /** Set when the store has shut down by itself. */
  shutdown;

  #answers = new Map();
  #asked = 0;
  #process;
  #log = [];

  constructor(name, store, forwarder, how) {
    this.name = name;
    this.store = store;
    this.forwarder = forwarder;
    this.how = how;
  }

  async start() {
    this.shutdown = undefined;
    const settings = { address: `http://${this.forwarder.host}/sync`, store: this.store, client: this.name, ...this.how };
    const started = spawn(process.execPath, [...FLAGS, PROGRAM, JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = started;
    started.stdin.on('error', () => {});
    createInterface({ input: started.stderr }).on('line', (line) => {
      this.#log.push(line);
      if (this.#log.length > LOG_LINES_MAX) this.#log.shift();
    });
    started.on('exit', () => {
      for (const { reject } of this.#answers.values()) reject(new Error(`${this.name} has ended:\n${this.#log.join('\n')}`));
      this.#answers.clear();
    });
    await within(
      `${this.name} starts`,
      new Promise((resolve, reject) => {
        this.#answers.set('started', { resolve, reject });
        createInterface({ input: started.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
      }),
      SETTLE_MILLIS_MAX,
    );
  }

  #hear(line) {
    if ('answer' in line) {
      const asked = this.#answers.get(line.answer);
      this.#answers.delete(line.answer);
      if ('error' in line) asked?.reject(new Error(`${this.name}: ${line.error}`));
      else asked?.resolve(line.value);
    } else if (line.event === 'started') {
      this.#answers.get('started').resolve();
      this.#answers.delete('started');
    } else {
      this.shutdown = line.why;
    }
  }

  /** One command of client.mjs. */
  ask(what, how = {}) {
    const id = ++this.#asked;
    const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify({ id, what, ...how })}\n`);
    return within(`${what} of ${this.name}`, answer, SETTLE_MILLIS_MAX);
  }

  async commit(...events) {
    this.committed.push(...events);
    await this.ask('commit', { events });
  }

  /** Adds items with ids of this client; each is an event of its own. */
  add(count = 1, text = `of ${this.name}`) {
    const first = this.committed.length;
    return this.commit(
      ...Array.from({ length: count }, (_, n) => ({ name: 'v1.ItemAdded', args: { id: `${this.name}.${first + n}`, text } })),
    );
  }

  rename = (id, text) => this.commit({ name: 'v1.ItemRenamed', args: { id, text } });
  status = () => this.ask('status');
  items = () => this.ask('items');
  log = () => this.ask('log');

  /** Ends it at any point; its next start has what is on its disk. */
  async kill() {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await within(`${this.name} ends`, ended);
  }

  /** Waits until the server has confirmed its events. */
  sent() {
    return until(`${this.name} has sent its events`, async () => (await this.status()).pending === 0, SETTLE_MILLIS_MAX);
  }

  /** Waits until it has dropped its copy and ended its store by itself, because the store has another backend id. */
  async ended() {
    await until(`${this.name} has closed its store`, async () => this.shutdown !== undefined, SETTLE_MILLIS_MAX);
    assert.match(this.shutdown, /backend-id-mismatch/);
  }

  /** Its process is started again, on the same disk; of its events the server has kept these. */
  async startAnew(kept = []) {
    await this.kill();
    this.committed = kept;
    await this.start();
  }

  /** Waits until events that are committed are on its disk. */
  saved() {
    return until(`${this.name} has saved its events`, async () => (await this.status()).unsaved === 0, SETTLE_MILLIS_MAX);
  }

  /** The last lines that the packages have logged. */
  get complaints() {
    return this.#log.join('\n');
  }

  async close() {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.kill();
    await this.forwarder.close();
  }
}

/** The clients of one store, and an observer of it. */
export class Devices {
  clients = [];
  #folder;

  constructor(store, { payload } = {}) {
    this.store = store;
    this.payload = payload;
    this.observe();
  }

  /** Observes the store from its beginning. */
  observe() {
    this.observer = new Observer(this.store, this.payload);
  }

  unobserve() {
    return this.observer.close();
  }

  /**
   * A client that was never used.
   *
   * @param disk whether its storage is on disk
   */
  async add(name, { transport = 'ws', disk = false, payload = this.payload } = {}) {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'livestore-'));
    const how = { transport, payload, ...(disk && { folder: join(this.#folder, name) }) };
    const client = new Client(name, this.store, await startForwarder(APPLICATION), how);
    this.clients.push(client);
    await client.start();
    return client;
  }

  /** Clients that were never used, started at the same time. */
  addAll(...names) {
    return Promise.all(names.map((name) => this.add(name)));
  }

  async close() {
    await Promise.all(this.clients.map((client) => client.close()));
    await this.observer.close();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The clients of one store, which end with a test. */
export function devicesOf(test, store, how) {
  const devices = new Devices(store, how);
  test.after(() => devices.close());
  return devices;
}
