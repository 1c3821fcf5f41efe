import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, settled } from './convergence.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { join, leave, readGroups, readLog } from './server.mjs';
import { aTask } from './tasks.mjs';

/** The promised second, counted from the server's confirmation, plus four for a client on a busy machine to load. */
const LOADED_WITHIN_MILLIS = 5000;

describe('joining and leaving groups', () => {
  let devices, alice, bob, chance, group;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    group = `ws-${chance.id()}`;
    await join('alice', group);
    alice = await devices.add('alice');
    bob = await devices.add('bob');
  });
  afterEach(async () => {
    await leave('alice', group);
    await leave('bob', group);
    await devices.close();
  });

  const tasksOf = async (client) => (await client.dump()).stored.Task.filter(({ workspaceId }) => workspaceId === group);

  const has = (client, count) => until(`${client.user} has ${count}`, async () => (await tasksOf(client)).length === count);

  const isIn = (client, whether) =>
    until(`${client.user} is in: ${whether}`, async () => (await client.status()).groups.includes(group) === whether);

  test('a user who joins while connected gets the rows, and later changes', async () => {
    for (let n = 0; n < 3; n++) await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await settled(alice);
    await join('bob', group);
    const joined = performance.now();
    await isIn(bob, true);
    await has(bob, 3);
    assert.ok(performance.now() - joined < LOADED_WITHIN_MILLIS, `${performance.now() - joined} ms`);
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await has(bob, 4);
    await bob.create('Task', aTask(chance.id(), { workspaceId: group }));
    await has(alice, 5);
    await assertConverged([alice, bob]);
  });

  test('a user who leaves while connected loses the rows, and receives nothing more', async () => {
    await join('bob', group);
    await isIn(bob, true);
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await has(bob, 1);
    await leave('bob', group);
    await isIn(bob, false);
    await has(bob, 0);
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await alice.create('Task', aTask(chance.id()));
    await assertConverged([alice, bob]);
    assert.deepEqual(await tasksOf(bob), []);
  });

  test('a user who was offline learns of it after reconnecting', async () => {
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await settled(alice);
    bob.forwarder.goOffline();
    await until('bob notices', async () => (await bob.status()).connection !== 'connected');
    await join('bob', group);
    bob.forwarder.goOnline();
    await isIn(bob, true);
    await has(bob, 1);
    bob.forwarder.goOffline();
    await until('bob notices', async () => (await bob.status()).connection !== 'connected');
    await leave('bob', group);
    bob.forwarder.goOnline();
    await isIn(bob, false);
    await has(bob, 0);
    await assertConverged([alice, bob]);
  });

  test('a client that was not running learns of it at its next start', async () => {
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await settled(alice);
    await settled(bob);
    await bob.kill();
    await join('bob', group);
    await bob.start();
    await isIn(bob, true);
    await has(bob, 1);
    await assertConverged([alice, bob]);
  });

  test('a client that bootstraps again with another version of the application has the groups joined meanwhile', async () => {
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await settled(alice);
    await settled(bob);
    await bob.kill();
    await join('bob', group);
    bob.comments = 'lazy';
    await bob.start();
    await isIn(bob, true);
    await has(bob, 1);
    await alice.create('Task', aTask(chance.id(), { workspaceId: group }));
    await has(bob, 2);
  });

  test('a user who joins during the start learns of it, too', async () => {
    for (let round = 0; round < 6; round++) {
      const starting = devices.add('bob');
      // At another point of the start each time.
      for (let pause = 0; pause < round; pause++) await alice.status();
      await join('bob', group);
      const another = await starting;
      await isIn(another, true);
      await isIn(bob, true);
      await leave('bob', group);
      await isIn(another, false);
      await isIn(bob, false);
    }
    await assertConverged([alice, bob]);
  });

  test('a bootstrap has the groups of its position, so that no change of groups is lost', async () => {
    for (let round = 0; round < 30; round++) {
      const joins = round % 2 === 0;
      const reading = Array.from({ length: 12 }, () => readGroups('bob'));
      await (joins ? join : leave)('bob', group);
      reading.push(...Array.from({ length: 4 }, () => readGroups('bob')));
      const read = await Promise.all(reading);
      const changed = (await readLog('bob')).findLast(({ action }) => action === 'G');
      for (const { position, groups } of read) {
        if (position >= BigInt(changed.syncId)) assert.equal(groups.includes(group), joins, `round ${round}`);
      }
    }
  });

  test('joins and leaves while others write lose nothing', async () => {
    for (let round = 0; round < 6; round++) {
      const writing = Promise.all(
        Array.from({ length: 10 }, () => alice.create('Task', aTask(chance.id(), { workspaceId: chance.one([group, 'ws-1']) }))),
      );
      const joins = round % 2 === 0;
      await (joins ? join : leave)('bob', group);
      await writing;
      await isIn(bob, joins);
    }
    await assertConverged([alice, bob]);
    assert.deepEqual(await tasksOf(bob), []);
  });
});
