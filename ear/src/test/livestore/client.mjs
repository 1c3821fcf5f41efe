// One client process: the published packages, unmodified. Reads commands as lines of JSON, {"id", "what", ...}, and
// writes lines: {"answer": id, "value" | "error"} and {"event", ...}.
// node client.mjs '{"address", "transport", "store", "client", "folder"?, "payload"?}'

import { createInterface } from 'node:readline';
import { makeAdapter } from '@livestore/adapter-node';
import { createStorePromise, makeShutdownDeferred } from '@livestore/livestore';
import { makeHttpSync, makeWsSync } from '@livestore/sync-cf/client';
import { Deferred, Effect } from '@livestore/utils/effect';
import { allItems, events, schema } from './schema.mjs';

const HTTP_POLL_MILLIS = 500;
const LOG_PAGE = 1000;

const { address, transport, store: storeId, client: clientId, folder, payload } = JSON.parse(process.argv[2]);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// The packages log to the console, and standard output has the answers.
for (const level of ['log', 'debug', 'info', 'warn', 'error']) {
  console[level] = (...texts) => process.stderr.write(`${clientId}: ${texts.join(' ')}\n`);
}

const backend =
  transport === 'http'
    ? makeHttpSync({ url: address, livePull: { pollInterval: HTTP_POLL_MILLIS } })
    : makeWsSync({ url: address.replace(/^http/, 'ws') });

const shutdownDeferred = Effect.runSync(makeShutdownDeferred);
const store = await createStorePromise({
  adapter: makeAdapter({
    storage: folder ? { type: 'fs', baseDirectory: folder } : { type: 'in-memory' },
    clientId,
    sync: { backend },
  }),
  schema,
  storeId,
  syncPayload: payload,
  disableDevtools: true,
  shutdownDeferred,
});
Effect.runPromiseExit(Deferred.await(shutdownDeferred)).then((exit) => say({ event: 'shutdown', why: String(exit) }));

const plain = ({ name, args, seqNum, parentSeqNum, clientId, sessionId }) => ({
  name,
  args,
  seqNum: seqNum.global,
  parentSeqNum: parentSeqNum.global,
  clientId,
  sessionId,
});

const commands = {
  commit: async ({ events: made }) => {
    for (const { name, args } of made) store.commit(events[name](args));
  },
  /** Events that the server has not confirmed, events that the disk may not have, and the server's last known number. */
  status: async () => {
    const { session, leader } = await store._dev.syncStates();
    return {
      pending: session.pending.length + leader.pending.length,
      unsaved: session.pending.length,
      head: Math.min(session.upstreamHead.global, leader.upstreamHead.global),
    };
  },
  items: async () => store.query(allItems),
  /** The confirmed events, as on the wire. */
  log: async () => {
    const { leader } = await store._dev.syncStates();
    const log = [];
    for await (const event of store.events({ until: leader.upstreamHead, batchSize: LOG_PAGE })) log.push(plain(event));
    return log;
  },
  stop: () => store.shutdownPromise(),
};

say({ event: 'started' });

for await (const line of createInterface({ input: process.stdin })) {
  const { id, what, ...how } = JSON.parse(line);
  try {
    say({ answer: id, value: await commands[what](how) });
  } catch (error) {
    say({ answer: id, error: String(error?.stack ?? error) });
  }
  if (what === 'stop') break;
}
process.exit(0);
