// A database is restored from a backup, and then more is written than was lost. Clients of both dialects that saw the
// lost part end equal to the server. Runs after all other tests, which read the log from its beginning.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Devices } from './clients.mjs';
import { settled } from './convergence.mjs';
import { ListClient, SocketClient } from './native-clients.mjs';
import { until } from './waiting.mjs';
import { askNatively, readRows } from './server.mjs';
import { aTask } from './tasks.mjs';

const LOST = 5;
const ROOM = 'ws-1';

const control = async (step) => {
  const answer = await fetch(`${process.env.CONTROL_URL}${step}`, { method: 'POST' });
  assert.equal(answer.status, 204, step);
};

const create = async (client, count, title) => {
  for (let i = 0; i < count; i++) await client.create('Task', aTask(randomUUID(), { title: `${title} ${i}` }));
};

const titles = (rows) => [...rows].map(({ title }) => title).sort();
const byId = (rows) => [...rows].sort((one, other) => (one.id < other.id ? -1 : 1));

const ofRoom = (rows) => [...rows].filter(({ workspaceId }) => workspaceId === ROOM);

const strataRows = async () => ofRoom((await readRows('alice', ['Task'])).Task.values());
const nativeRows = async () => (await askNatively('alice', 'GET', `${ROOM}/Task`)).Task;

/** Waits until the client has exactly these titles. */
const hasTitles = async (what, expected, read) => {
  let seen;
  await until(`${what} has what the server has`, async () => {
    seen = titles(await read());
    return seen.join() === expected.join();
  }).catch((error) => {
    throw new Error(`${error.message}: ${JSON.stringify({ expected, seen })}`);
  });
};

let devices, follower, returning, list;

before(() => {
  devices = new Devices();
  follower = new SocketClient('alice', ROOM, 'Task');
  returning = new SocketClient('bob', ROOM, 'Task');
  list = new ListClient('bob', ROOM, 'Task');
});
after(async () => {
  follower.close();
  returning.close();
  await devices.close();
});

test('[LOG8][CFS11][CFS14][STR18] after a restore, clients with lost actions end equal to the server', async () => {
  const connected = await devices.add('alice');
  const away = await devices.add('bob');
  await create(connected, 3, 'kept');
  for (const client of [connected, away]) await settled(client);
  const kept = titles(await strataRows());
  await follower.start();
  await returning.start();

  await control('/back-up');
  await create(connected, LOST, 'lost');
  for (const client of [connected, away]) await settled(client);
  const before = titles(await strataRows());
  assert.equal(before.length, kept.length + LOST);
  for (const { rows } of [follower, returning]) await hasTitles(`the socket of ${rows.user}`, before, () => rows.all);
  await list.catchUp();
  await away.kill();
  returning.close();
  const lostBefore = [follower, returning, list].map(({ rows }) => rows.lost);
  assert.deepEqual(lostBefore, [0, 0, 0]);

  await control('/restore');
  const fresh = await devices.add('alice');
  await create(fresh, 4 * LOST, 'new');
  const expected = [...kept, ...titles(Array.from({ length: 4 * LOST }, (_, i) => ({ title: `new ${i}` })))].sort();
  await hasTitles('the server', expected, strataRows);
  await away.start();
  await returning.start();
  await list.catchUp();

  for (const client of [fresh, away, connected]) {
    await hasTitles(`IndexedDB of ${client.user}`, expected, async () => ofRoom((await client.dump()).stored.Task));
    await hasTitles(`memory of ${client.user}`, expected, async () => ofRoom((await client.dump()).shown.Task));
  }
  for (const { rows } of [follower, returning]) await hasTitles(`the socket of ${rows.user}`, expected, () => rows.all);
  for (const { rows } of [follower, returning, list]) {
    assert.deepEqual(byId(rows.all), byId(await nativeRows()));
    assert.ok(rows.lost > 0, 'a cursor of the lost time was taken for one of the log');
  }
});
