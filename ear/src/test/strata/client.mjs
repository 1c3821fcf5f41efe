// One client process: the published packages, unmodified. Reads commands as lines of JSON, {"id", "what", ...}, and
// writes lines: {"answer": id, "value" | "error"} and {"event", ...}.
// node client.mjs ADDRESS TOKEN STORAGE_FILE partial|lazy [RETRIES]
// RETRIES is JSON in the transport's form; {} stands for the published client's.

import { loadStorage, saveStorage } from './browser-storage.mjs';
import { createInterface } from 'node:readline';
import { createSyncClient } from '@stratasync/client';
import { createMobXReactivity } from '@stratasync/mobx';
import { createIndexedDbStorage } from '@stratasync/storage-idb';
import { createGraphQLTransport } from '@stratasync/transport-graphql';
import { WebSocket } from 'ws';
import { schemaWith } from './models.mjs';

/** An application's usual settings with shorter times: a socket is given up after 3 s, then tried every 5 s. */
const RETRY = { maxRetries: 8, baseDelay: 40, maxDelay: 500, jitter: 0.2 };

const [address, token, file, comments, retries] = process.argv.slice(2);
const schema = schemaWith(comments);
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

// A page would show it on its console, and continue.
process.on('unhandledRejection', (error) => say({ event: 'complaint', text: String(error?.stack ?? error) }));

globalThis.WebSocket = WebSocket;
await loadStorage(file);

// The outbox reports each transaction that is made, the transport its outcome.
const storage = createIndexedDbStorage();
const made = new Set();
const addToOutbox = storage.addToOutbox.bind(storage);
storage.addToOutbox = (tx) => {
  made.add(tx.clientTxId);
  say({ event: 'made', tx: tx.clientTxId, action: tx.action, model: tx.modelName, id: tx.modelId });
  return addToOutbox(tx);
};
const transport = createGraphQLTransport({
  endpoint: address,
  syncEndpoint: `${address}/sync`,
  wsEndpoint: `${address.replace(/^http/, 'ws')}/sync/ws`,
  auth: { getAccessToken: async () => token, onAuthError: (error) => say({ event: 'complaint', text: String(error) }) },
  retry: retries ? JSON.parse(retries) : RETRY,
});
const mutate = transport.mutate.bind(transport);
transport.mutate = async (batch) => {
  const answer = await mutate(batch);
  for (const { clientTxId, success, syncId, error } of answer.results) {
    say({ event: 'answered', tx: clientTxId, success, syncId, error });
  }
  return answer;
};
const fetchDeltas = transport.fetchDeltas.bind(transport);
transport.fetchDeltas = async (...asked) => {
  const page = await fetchDeltas(...asked);
  const others = new Set();
  for (const { modelName: model, modelId: id, clientTxId } of page.actions) {
    if (!made.has(clientTxId)) others.add(`${model}:${id}`);
    else if (others.has(`${model}:${id}`)) say({ event: 'overrun', model, id });
  }
  return page;
};

let models;
const client = createSyncClient({
  storage,
  transport,
  reactivity: createMobXReactivity(),
  schema,
  dbName: 'strata-tasks',
  // Plain rows, as without a factory; only this way reaches the store that loads by an index.
  modelFactory: ({ store }) => {
    models = store;
    return (model, row) => ({ ...row });
  },
});
client.onEvent((event) => {
  if (event.type === 'rebaseConflict') {
    say({ event: 'conflict', kind: event.conflictType, model: event.modelName, id: event.modelId });
  }
  if (event.type === 'syncError') say({ event: 'syncError', text: String(event.error) });
});

const names = Object.keys(schema.models);
const byModel = async (rowsOf) => Object.fromEntries(await Promise.all(names.map(async (name) => [name, await rowsOf(name)])));

const commands = {
  create: async ({ model, row }) => void (await client.create(model, row)),
  update: async ({ model, row, changes }) => void (await client.update(model, row, changes)),
  delete: ({ model, row }) => client.delete(model, row),
  archive: ({ model, row, at }) => client.archive(model, row, { archivedAt: at }),
  unarchive: ({ model, row }) => client.unarchive(model, row),
  undo: () => client.undo(),
  redo: () => client.redo(),
  syncNow: () => client.syncNow(),
  ensure: ({ model, row }) => client.ensureModel(model, row),
  byIndex: ({ model, key, value }) => models.loadByIndex(model, key, value),
  status: async () => ({
    outbox: (await storage.getOutbox()).length,
    cursor: client.lastSyncId,
    state: client.state,
    connection: client.connectionState,
    groups: (await storage.getMeta()).subscribedSyncGroups,
    clientId: client.clientId,
  }),
  dump: async () => ({
    stored: await byModel((name) => storage.getAll(name)),
    shown: await byModel((name) => [...client.getIdentityMap(name)].map(([id, row]) => ({ ...row, id }))),
  }),
  save: () => saveStorage(file),
  close: async () => {
    await client.stop();
    await saveStorage(file);
  },
};

await client.start();
say({ event: 'started' });

const asked = new Set();
for await (const line of createInterface({ input: process.stdin })) {
  const { id, what, ...how } = JSON.parse(line);
  // Not awaited: a page does not wait for one action before the next.
  const work = commands[what](how).then(
    (value) => say({ answer: id, value }),
    (error) => say({ answer: id, error: String(error?.message ?? error) }),
  );
  asked.add(work);
  work.finally(() => asked.delete(work));
  if (what === 'close') break;
}
await Promise.all(asked);
process.exit(0);
