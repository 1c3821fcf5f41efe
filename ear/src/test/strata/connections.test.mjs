import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, settled } from './convergence.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { readLog } from './server.mjs';
import { aTask } from './tasks.mjs';

/** Two of these exceed a request's limit. The server refuses such a note: it is longer than notes may be. */
const HALF_A_REQUEST = 'x'.repeat(9 * 1024 * 1024);

describe('failing connections', () => {
  let devices, alice, bob, chance;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    alice = await devices.add('alice');
    bob = await devices.add('bob');
  });
  afterEach(() => devices.close());

  const isOffline = (client) =>
    until(`${client.user} notices`, async () => (await client.status()).connection !== 'connected');

  const shows = (client, id, fits = () => true) =>
    until(`${client.user} shows ${id}`, async () => {
      const row = (await client.dump()).shown.Task.find((each) => each.id === id);
      return row && fits(row);
    });

  test('two clients write while one is offline', async () => {
    const [shared, own, others] = [chance.id(), chance.id(), chance.id()];
    await alice.create('Task', aTask(shared));
    await shows(bob, shared);
    bob.forwarder.goOffline();
    await isOffline(bob);
    await bob.create('Task', aTask(own, { title: 'made offline' }));
    await bob.update('Task', own, { title: 'made offline, and changed' });
    await bob.update('Task', shared, { notes: 'of bob' });
    await alice.update('Task', shared, { title: 'of alice' });
    await alice.create('Task', aTask(others));
    await settled(alice);
    bob.forwarder.goOnline();
    await assertConverged([alice, bob]);
    await shows(alice, shared, ({ title, notes }) => title === 'of alice' && notes === 'of bob');
    await shows(alice, own, ({ title }) => title === 'made offline, and changed');
  });

  test('two offline clients change the same field of a row', async () => {
    const ids = Array.from({ length: 4 }, chance.id);
    for (const id of ids) await alice.create('Task', aTask(id));
    for (const id of ids) await shows(bob, id);
    await settled(alice);
    for (const client of [alice, bob]) client.forwarder.goOffline();
    for (const client of [alice, bob]) {
      await isOffline(client);
      for (const id of ids) await client.update('Task', id, { title: `of ${client.user}`, priority: chance.below(100) });
    }
    for (const client of chance.below(2) ? [alice, bob] : [bob, alice]) client.forwarder.goOnline();
    await assertConverged([alice, bob]);
  });

  test('a client deletes a row that another changed offline', async () => {
    const ids = Array.from({ length: 4 }, chance.id);
    for (const id of ids) await alice.create('Task', aTask(id));
    for (const id of ids) await shows(bob, id);
    await settled(alice);
    bob.forwarder.goOffline();
    await isOffline(bob);
    for (const id of ids) await bob.update('Task', id, { title: 'changed offline' });
    for (const id of ids) await alice.delete('Task', id);
    await settled(alice);
    bob.forwarder.goOnline();
    await assertConverged([alice, bob]);
    const left = (await bob.dump()).stored.Task.filter(({ id }) => ids.includes(id));
    assert.deepEqual(left, []);
  });

  test('a transaction with a lost answer is repeated and takes effect once', async () => {
    let lost = 0;
    alice.forwarder.loseAnswers(({ url }) => url.endsWith('/mutate') && ++lost <= 4);
    const ids = Array.from({ length: 6 }, chance.id);
    for (const id of ids) {
      await alice.create('Task', aTask(id));
      await alice.update('Task', id, { title: 'changed' });
      await shows(bob, id, ({ title }) => title === 'changed');
    }
    await assertConverged([alice, bob]);
    assert.ok(lost > 4, `${lost} batches`);
    const log = await readLog('alice');
    for (const id of ids) {
      assert.deepEqual(log.filter(({ modelId }) => modelId === id).map(({ action }) => action), ['I', 'U']);
    }
  });

  test("[STR28] the rest of an outbox larger than a request is sent without a user's action", async () => {
    const rest = chance.id();
    bob.forwarder.goOffline();
    await isOffline(bob);
    for (const notes of [HALF_A_REQUEST, HALF_A_REQUEST]) await bob.create('Task', aTask(chance.id(), { notes }));
    await bob.create('Task', aTask(rest));
    await bob.kill(); // a start sends the whole outbox in one request
    bob.forwarder.goOnline();
    await bob.start();
    // The client must recover without a user's action.
    await until('the outbox is empty', async () => (await bob.status()).outbox === 0);
    await shows(alice, rest);
    await assertConverged([alice, bob]);
  });

  test('a restart sends an outbox that was never sent', async () => {
    const [own, shared] = [chance.id(), chance.id()];
    await alice.create('Task', aTask(shared));
    await shows(bob, shared);
    bob.forwarder.goOffline();
    await isOffline(bob);
    await bob.create('Task', aTask(own, { title: 'kept in the outbox' }));
    await bob.archive('Task', shared, Date.UTC(2026, 4, 1));
    await bob.kill();
    await alice.update('Task', shared, { notes: 'meanwhile' });
    await settled(alice);
    bob.forwarder.goOnline();
    await bob.start();
    await assertConverged([alice, bob]);
    await shows(alice, own);
    await shows(alice, shared, ({ archivedAt, notes }) => archivedAt === Date.UTC(2026, 4, 1) && notes === 'meanwhile');
  });

  test('a restart repeats an outbox that was sent, but never answered', async () => {
    const id = chance.id();
    let sent = false;
    bob.forwarder.loseAnswers(({ url }) => url.endsWith('/mutate') && (sent = true));
    await bob.create('Task', aTask(id));
    await until('it was sent', async () => sent);
    await bob.kill();
    await shows(alice, id);
    bob.forwarder.loseAnswers(() => false);
    await bob.start();
    await assertConverged([alice, bob]);
    assert.equal((await readLog('bob')).filter(({ modelId }) => modelId === id).length, 1);
  });

  test('connections cut at any time lose nothing', async () => {
    const ids = [];
    const clients = [alice, bob];
    for (let step = 0; step < 160; step++) {
      const client = chance.one(clients);
      const id = ids.length > 0 ? chance.one(ids) : undefined;
      switch (chance.below(id ? 9 : 1)) {
        case 0:
          ids.push(chance.id());
          await client.create('Task', aTask(ids.at(-1), { title: `step ${step}` }));
          break;
        case 1:
        case 2:
          // Not every client has every row by now.
          await client.update('Task', id, { title: `step ${step}` }).catch(() => {});
          break;
        case 3:
          await client.update('Task', id, { notes: `step ${step}`, priority: step }).catch(() => {});
          break;
        case 4:
          if (chance.below(3) === 0) await client.delete('Task', id).catch(() => {});
          break;
        case 5:
          await client.archive('Task', id, Date.UTC(2026, 5, 1 + (step % 28))).catch(() => {});
          break;
        case 6:
          await client.unarchive('Task', id).catch(() => {});
          break;
        case 7:
          client.forwarder.cut();
          break;
        default:
          // Long enough for a request to be in transit.
          await client.status();
          if (chance.below(2)) client.forwarder.goOffline();
          else client.forwarder.goOnline();
      }
    }
    for (const client of clients) client.forwarder.goOnline();
    await assertConverged(clients);
  });
});
