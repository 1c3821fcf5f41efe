import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { askNatively } from './server.mjs';
import { aTask } from './tasks.mjs';

describe('the same rows in the native dialect', () => {
  let devices, bob, chance;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    bob = await devices.add('bob');
  });
  afterEach(() => devices.close());

  const shown = async (id) => (await bob.dump()).shown.Task.find((row) => row.id === id);
  const listed = async (id) => (await askNatively('alice', 'GET', 'ws-1/Task')).Task.find((row) => row.id === id);

  test('a native write appears in a Strata client', async () => {
    const id = chance.id();
    await askNatively('alice', 'POST', 'ws-1/Task', { id, title: 'native', dueOn: '2026-05-01', priority: 3 });
    await until('it is there', () => shown(id));
    assert.equal((await shown(id)).dueOn, Date.UTC(2026, 4, 1));
    await askNatively('alice', 'PUT', `ws-1/Task/${id}`, { title: 'native, and changed' });
    await until('it is changed', async () => (await shown(id)).title === 'native, and changed');
    await assertConverged([bob]);
    await askNatively('alice', 'DELETE', `ws-1/Task/${id}`);
    await until('it is gone', async () => !(await shown(id)));
    await assertConverged([bob]);
  });

  test("a Strata client's write appears in the native dialect", async () => {
    const id = chance.id();
    const completedAt = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    await bob.create('Task', aTask(id, { title: 'of a client', dueOn: Date.UTC(2026, 5, 1) }));
    await bob.update('Task', id, { completedAt });
    const row = await until('it is there', async () => {
      const found = await listed(id);
      return found?.completedAt && found;
    });
    assert.equal(row.dueOn, '2026-06-01');
    assert.equal(row.completedAt, new Date(completedAt).toISOString());
    assert.equal(row.createdAt, '2026-01-01T00:00:00.123Z');
    await assertConverged([bob]);
  });
});
