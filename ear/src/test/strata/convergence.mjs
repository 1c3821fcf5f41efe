// Invariants once all clients are idle: no client has lost anything, and all have the same rows.

import assert from 'node:assert/strict';
import { until } from './waiting.mjs';
import { INSTANT_MODELS } from './models.mjs';
import { isMore, readLog, readRows } from './server.mjs';

/** A field that an insert did not name is null in a bootstrap, and missing in live actions. */
const plain = (row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined).sort());

const at = (model, id) => `${model}:${id}`;

/** Waits until every client has sent and received everything; then checks. */
export async function assertConverged(clients) {
  for (const client of clients) await settled(client);

  const users = [...new Set(clients.map(({ user }) => user))];
  const logs = new Map();
  const rows = new Map();
  for (const user of users) {
    const log = await readLog(user);
    logs.set(user, log);
    rows.set(user, await readRows(user, [...INSTANT_MODELS, 'Comment']));
    assertIncreasing(log);
    assertReplays(log, rows.get(user));
  }
  const all = new Map([...logs.values()].flat().map((action) => [action.syncId, action]));
  assertOnce([...all.values()]);
  for (const client of clients) {
    assertAnswersKept(client, [...all.values()]);
    await assertSame(client, rows.get(client.user));
  }
}

/** Waits until the client is live, its outbox is empty, and its cursor is at the last action visible to its user. */
export async function settled(client) {
  let status;
  // Transactions that could not be sent without a connection wait for the next one, or for a retry by the user.
  const press = () => client.ask('syncNow').catch(() => {});
  await press();
  let looks = 0;
  await until(`${client.user} has sent and seen all`, async () => {
    status = await client.status();
    const live = status.state === 'syncing' && status.connection === 'connected';
    const there = live && status.outbox === 0 && !(await isMore(client.user, status.cursor));
    if (!there && ++looks % 10 === 0) await press();
    return there;
  }).catch((error) => {
    throw new Error(`${error.message}; it is ${JSON.stringify(status)}`, { cause: error });
  });
}

function assertIncreasing(log) {
  log.reduce((before, { syncId }) => {
    assert.ok(BigInt(syncId) > before, `${syncId} comes after ${before}`);
    return BigInt(syncId);
  }, 0n);
}

/** The log, applied from its beginning, equals a bootstrap, and changes no row that does not exist. */
function assertReplays(log, rows) {
  const replayed = new Map();
  for (const { action, modelName, modelId, data, syncId } of log) {
    const row = at(modelName, modelId);
    const before = replayed.get(row);
    switch (action) {
      case 'I':
        assert.equal(before, undefined, `${syncId} inserts ${row}, which is there`);
        replayed.set(row, { ...data, id: modelId });
        break;
      case 'U':
      case 'A':
      case 'V':
        assert.ok(before, `${syncId} changes ${row}, which is not there`);
        replayed.set(row, { ...before, ...data });
        break;
      case 'D':
        assert.ok(before, `${syncId} deletes ${row}, which is not there`);
        replayed.delete(row);
        break;
      case 'G':
        break;
      default:
        assert.fail(`${syncId} is a ${action}`);
    }
  }
  const expected = new Map();
  for (const [model, byId] of Object.entries(rows)) {
    for (const [id, row] of byId) expected.set(at(model, id), plain({ ...row, id }));
  }
  assertSameRows('the log', new Map([...replayed].map(([row, value]) => [row, plain(value)])), expected);
}

function assertOnce(actions) {
  const seen = new Map();
  for (const { clientId, clientTxId, syncId } of actions) {
    if (!clientTxId) continue;
    const key = at(clientId, clientTxId);
    assert.equal(seen.get(key), undefined, `${clientTxId} is at ${seen.get(key)} and at ${syncId}`);
    seen.set(key, syncId);
  }
}

/**
 * A confirmed transaction is at its position in the log; a refused one is not in the log; every transaction has an
 * outcome.
 */
function assertAnswersKept(client, actions) {
  const places = new Map(actions.filter(({ clientTxId }) => clientTxId).map((action) => [action.clientTxId, action.syncId]));
  for (const [tx, { success, syncId }] of client.answered) {
    if (success) assert.equal(places.get(tx), syncId, `${tx} of ${client.user} was confirmed at ${syncId}`);
    else assert.equal(places.get(tx), undefined, `${tx} of ${client.user} was refused, and is at ${places.get(tx)}`);
  }
  for (const [tx, row] of client.made) {
    const known = client.answered.has(tx) || places.has(tx) || client.conflicts.has(row);
    assert.ok(known, `${tx} of ${client.user} on ${row} has vanished`);
  }
}

async function assertSame(client, rows) {
  const { stored, shown } = await client.dump();
  for (const model of INSTANT_MODELS) {
    const expected = new Map([...rows[model]].map(([id, row]) => [id, plain(row)]));
    assertSameRows(`${model} in IndexedDB of ${client.user}`, byId(stored[model]), expected);
    const tolerated = (id) => client.mayBeWrong.has(at(model, id));
    assertSameRows(`${model} in memory of ${client.user}`, byId(shown[model]), expected, tolerated);
  }
  // Each loaded row of a lazily loaded model is complete.
  for (const row of stored.Comment) {
    assert.deepEqual(plain(row), plain(rows.Comment.get(row.id) ?? {}), `Comment in IndexedDB of ${client.user}`);
  }
}

const byId = (rows) => new Map(rows.map((row) => [row.id, plain(row)]));

function assertSameRows(where, actual, expected, tolerated = () => false) {
  for (const id of new Set([...actual.keys(), ...expected.keys()])) {
    if (!tolerated(id)) assert.deepEqual(actual.get(id), expected.get(id), `${id}: ${where}`);
  }
}
