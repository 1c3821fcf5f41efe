// Opens event stores, each with one event, a socket and a live pull, and prints the server's memory after a collection.
// Then one event is pushed to some of them, and must arrive.
// node bench/open-stores.mjs ws://127.0.0.1:8080/livestore-notes PID --stores 9900; needs `npm install ws`, and jcmd.

import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import WebSocket from 'ws';

const CONNECTING_AT_ONCE = 16;
const PUSHED_AFTERWARDS = 200;

const { positionals, values } = parseArgs({ allowPositionals: true, options: { stores: { type: 'string', default: '9900' } } });
const [application, pid] = positionals;
const run = Date.now().toString(36);

/** Heap in use after a collection, and resident memory, in MiB. */
function memory() {
  execFileSync('jcmd', [pid, 'GC.run']);
  const [, heap] = /used (\d+)K/.exec(execFileSync('jcmd', [pid, 'GC.heap_info'], { encoding: 'utf8' }));
  const resident = execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' });
  return { heap: Math.round(heap / 1024), resident: Math.round(resident / 1024) };
}

/** A store with a live pull. */
class OpenStore {
  #number = 0;
  #waiting = () => {};

  constructor(name) {
    this.name = name;
  }

  async open() {
    this.socket = new WebSocket(`${application}/sync?${new URLSearchParams({ storeId: this.name, transport: 'ws' })}`);
    this.socket.on('message', (text) => this.#receive(JSON.parse(text)));
    await once(this.socket, 'open');
    const caughtUp = new Promise((resolve) => (this.#waiting = resolve));
    this.#request('0', 'Pull', { live: true, cursor: { _tag: 'None' } });
    await caughtUp;
    await this.push();
  }

  #request(id, rpc, payload) {
    const request = { _tag: 'Request', id, tag: `SyncWsRpc.${rpc}`, payload: { storeId: this.name, ...payload }, headers: [] };
    this.socket.send(JSON.stringify(request));
  }

  #receive({ _tag, values: pages }) {
    if (_tag !== 'Chunk') return;
    this.socket.send(JSON.stringify({ _tag: 'Ack', requestId: '0' }));
    this.backendId = pages[0].backendId;
    this.#waiting();
  }

  /** Pushes one event, and waits until it has arrived on the live pull. */
  async push() {
    const number = ++this.#number;
    const arrived = new Promise((resolve) => (this.#waiting = resolve));
    const event = { name: 'v1.Made', args: { number }, seqNum: number, parentSeqNum: number - 1, clientId: 'bench', sessionId: 'static' };
    this.#request(String(number), 'Push', { batch: [event], backendId: { _tag: 'Some', value: this.backendId } });
    await arrived;
  }
}

const stores = Array.from({ length: Number(values.stores) }, (_, n) => new OpenStore(`bench-${run}-${n}`));
const before = memory();
let next = 0;
await Promise.all(
  Array.from({ length: CONNECTING_AT_ONCE }, async () => {
    while (next < stores.length) await stores[next++].open();
  }),
);
const opened = memory();
const kib = Math.round(((opened.heap - before.heap) * 1024) / stores.length);
console.log(`${stores.length} stores: heap ${before.heap} -> ${opened.heap} MiB, ${kib} KiB each; resident ${before.resident} -> ${opened.resident} MiB`);
for (const store of stores.slice(0, PUSHED_AFTERWARDS)) await store.push();
console.log(`${Math.min(PUSHED_AFTERWARDS, stores.length)} of them received one more event each`);
process.exit(0);
