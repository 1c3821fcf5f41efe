import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, settled } from './convergence.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { aComment, aTask } from './tasks.mjs';

describe('lazily loaded rows', () => {
  let devices, alice, chance, task, comments;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    alice = await devices.add('alice');
    task = chance.id();
    comments = Array.from({ length: 3 }, chance.id);
    await alice.create('Task', aTask(task));
    for (const id of comments) await alice.create('Comment', aComment(id, task, `comment ${id}`));
    await alice.create('Comment', aComment(chance.id(), chance.id(), 'of another task'));
    await settled(alice);
  });
  afterEach(() => devices.close());

  test('a row is loaded by its id', async () => {
    const bob = await devices.add('bob', { comments: 'lazy' });
    assert.deepEqual((await bob.dump()).stored.Comment, []);
    assert.equal((await bob.ask('ensure', { model: 'Comment', row: comments[0] })).body, `comment ${comments[0]}`);
    assert.deepEqual((await bob.dump()).stored.Comment.map(({ id }) => id), [comments[0]]);
    assert.equal(await bob.ask('ensure', { model: 'Comment', row: chance.id() }), null);
    await assertConverged([alice, bob]);
  });

  test('rows are loaded by an index', async () => {
    const bob = await devices.add('bob');
    const loaded = await bob.ask('byIndex', { model: 'Comment', key: 'taskId', value: task });
    assert.deepEqual(loaded.map(({ id }) => id).sort(), [...comments].sort());
    await assertConverged([alice, bob]);
  });

  test('a row that another client changed after the start is complete', async () => {
    const bob = await devices.add('bob');
    await alice.update('Comment', comments[0], { body: 'changed' });
    await settled(alice);
    await settled(bob);
    const row = await bob.ask('ensure', { model: 'Comment', row: comments[0] });
    assert.equal(row.body, 'changed');
    assert.equal(row.taskId, task);
    await assertConverged([alice, bob]);
  });

  test('loaded rows receive changes', async () => {
    const bob = await devices.add('bob');
    await bob.ask('byIndex', { model: 'Comment', key: 'taskId', value: task });
    await alice.update('Comment', comments[1], { body: 'changed' });
    await alice.delete('Comment', comments[2]);
    const shown = async () => (await bob.dump()).stored.Comment.filter(({ taskId }) => taskId === task);
    await until('bob receives both', async () => {
      const rows = await shown();
      return rows.length === 2 && rows.some(({ body }) => body === 'changed');
    });
    await assertConverged([alice, bob]);
  });
});
