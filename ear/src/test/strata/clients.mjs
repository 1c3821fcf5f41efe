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
import { within } from './waiting.mjs';
import { APPLICATION } from './server.mjs';

const PROGRAM = fileURLToPath(new URL('client.mjs', import.meta.url));

/** One user's client on one device, over all of its starts. */
class Client {
  /** By transaction: its content, and the server's answer. */
  made = new Map();
  answered = new Map();

  /**
   * Rows, as model:id, that this start's memory may show wrongly, by bugs of the client that a server cannot prevent: a
   * row replaced by another client's; a row whose update was refused; a row whose page of deltas has another client's
   * update before its own, and that is then shown without its own. IndexedDB is right.
   */
  mayBeWrong = new Set();

  /** Rows, as model:id, whose transactions gave way to another client's. */
  conflicts = new Set();
  complaints = [];

  #answers = new Map();
  #asked = 0;
  #process;

  constructor(user, forwarder, file, comments, retries) {
    this.retries = retries;
    this.user = user;
    this.forwarder = forwarder;
    this.file = file;
    this.comments = comments;
  }

  async start() {
    this.mayBeWrong.clear();
    const started = spawn(
      process.execPath,
      [
        PROGRAM,
        `http://${this.forwarder.host}`,
        `${this.user}-token`,
        this.file,
        this.comments,
        ...(this.retries ? [JSON.stringify(this.retries)] : []),
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    this.#process = started;
    started.stdin.on('error', () => {});
    started.on('exit', () => {
      for (const { reject } of this.#answers.values()) reject(new Error(`the client of ${this.user} has ended`));
      this.#answers.clear();
    });
    await within(
      `the client of ${this.user} starts`,
      new Promise((resolve, reject) => {
        this.#answers.set('started', { resolve, reject });
        createInterface({ input: started.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
      }),
    );
  }

  #hear(line) {
    if ('answer' in line) {
      const asked = this.#answers.get(line.answer);
      this.#answers.delete(line.answer);
      if ('error' in line) asked?.reject(new Error(line.error));
      else asked?.resolve(line.value);
      return;
    }
    const row = `${line.model}:${line.id}`;
    switch (line.event) {
      case 'started':
        this.#answers.get('started').resolve();
        this.#answers.delete('started');
        return;
      case 'made':
        this.made.set(line.tx, row);
        return;
      case 'answered':
        this.answered.set(line.tx, line);
        if (!line.success) this.mayBeWrong.add(this.made.get(line.tx));
        return;
      case 'conflict':
        this.conflicts.add(row);
        this.mayBeWrong.add(row);
        return;
      case 'overrun':
        this.mayBeWrong.add(row);
        return;
      default:
        this.complaints.push(line.text);
    }
  }

  /** One command of client.mjs. */
  ask(what, how = {}) {
    const id = ++this.#asked;
    const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.#process.stdin.write(`${JSON.stringify({ id, what, ...how })}\n`);
    return within(`${what} of ${this.user}`, answer);
  }

  create = (model, row) => this.ask('create', { model, row });
  update = (model, row, changes) => this.ask('update', { model, row, changes });
  delete = (model, row) => this.ask('delete', { model, row });
  archive = (model, row, at) => this.ask('archive', { model, row, at });
  unarchive = (model, row) => this.ask('unarchive', { model, row });
  status = () => this.ask('status');
  dump = () => this.ask('dump');

  /** Kills it at any point; its next start finds what it had in IndexedDB. */
  async kill() {
    await this.ask('save');
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await within(`the client of ${this.user} ends`, ended);
  }

  async close() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit');
      this.#process.kill('SIGKILL');
      await ended;
    }
    await this.forwarder.close();
  }
}

/** The devices of one test. */
export class Devices {
  #clients = [];
  #folder;

  get all() {
    return [...this.#clients];
  }

  /** A device that was never used. */
  async add(user, { comments = 'partial', retries } = {}) {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'strata-'));
    const forwarder = await startForwarder(APPLICATION);
    const client = new Client(user, forwarder, join(this.#folder, `${this.#clients.length}.storage`), comments, retries);
    this.#clients.push(client);
    await client.start();
    return client;
  }

  async close() {
    await Promise.all(this.#clients.map((client) => client.close()));
    if (this.#folder) await rm(this.#folder, { recursive: true });
    const complaints = this.#clients.flatMap((client) => client.complaints);
    if (complaints.length > 0) console.log(`# clients complained ${complaints.length} times, first: ${complaints[0]}`);
    assert.ok(this.#clients.length > 0, 'a test without clients');
  }
}
