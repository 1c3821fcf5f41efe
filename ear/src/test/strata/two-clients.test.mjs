import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, settled } from './convergence.mjs';
import { compositeId } from './models.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { mutate, readLog } from './server.mjs';
import { aLabel, aTask } from './tasks.mjs';

describe('two clients', () => {
  let devices, alice, bob, chance;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    alice = await devices.add('alice');
    bob = await devices.add('bob');
  });
  afterEach(() => devices.close());

  const shows = (client, model, id, fits = () => true) =>
    until(`${client.user} shows ${id}`, async () => {
      const row = (await client.dump()).shown[model].find((each) => each.id === id);
      return row && fits(row);
    });

  test("both clients have each other's rows", async () => {
    const ids = Array.from({ length: 40 }, chance.id);
    await Promise.all(
      ids.map(async (id, n) => {
        const author = n % 2 ? alice : bob;
        await author.create('Task', aTask(id, { title: `task ${n}`, priority: n, dueOn: Date.UTC(2026, 1, 1 + (n % 20)) }));
        await author.update('Task', id, { notes: `of ${author.user}`, completedAt: n % 3 ? null : Date.UTC(2026, 2, 3, 4, 5, 6, 7) });
        if (n % 5 === 0) await author.delete('Task', id);
      }),
    );
    await assertConverged([alice, bob]);
  });

  test('concurrent changes of a row converge', async () => {
    const ids = Array.from({ length: 5 }, chance.id);
    for (const id of ids) await alice.create('Task', aTask(id));
    for (const id of ids) await shows(bob, 'Task', id);
    for (let round = 0; round < 12; round++) {
      await Promise.all(
        [alice, bob].map((author) =>
          author.update('Task', chance.one(ids), {
            [chance.one(['title', 'notes'])]: `round ${round} of ${author.user}`,
            ...(chance.below(2) ? { priority: chance.below(1000) } : {}),
          }),
        ),
      );
    }
    await assertConverged([alice, bob]);
  });

  test('a row that is updated and deleted at once is gone, and never changed afterwards', async () => {
    for (let round = 0; round < 15; round++) {
      const id = chance.id();
      await alice.create('Task', aTask(id, { title: `round ${round}` }));
      await shows(bob, 'Task', id);
      const [first, second] = chance.below(2) ? [alice, bob] : [bob, alice];
      await Promise.all([
        first.update('Task', id, { title: `changed in round ${round}` }).catch(() => {}),
        second.delete('Task', id).catch(() => {}),
      ]);
    }
    await assertConverged([alice, bob]);
  });

  test('archive, unarchive and their undo reach both clients', async () => {
    const id = chance.id();
    const archivedAt = Date.UTC(2026, 3, 1);
    await alice.create('Task', aTask(id));
    await shows(bob, 'Task', id);
    await alice.archive('Task', id, archivedAt);
    await shows(bob, 'Task', id, (row) => row.archivedAt === archivedAt);
    await alice.unarchive('Task', id);
    await shows(bob, 'Task', id, (row) => row.archivedAt === null);
    await alice.ask('undo');
    await shows(bob, 'Task', id, (row) => row.archivedAt === archivedAt);
    await alice.ask('redo');
    await shows(bob, 'Task', id, (row) => row.archivedAt === null);
    await assertConverged([alice, bob]);
  });

  test('a delete that is undone is an insert of the same row', async () => {
    const id = chance.id();
    await alice.create('Task', aTask(id, { title: 'back again' }));
    await shows(bob, 'Task', id);
    await settled(alice);
    await alice.delete('Task', id);
    await until('it is gone', async () => !(await bob.dump()).shown.Task.some((row) => row.id === id));
    await alice.ask('undo');
    await shows(bob, 'Task', id, (row) => row.title === 'back again');
    await assertConverged([alice, bob]);
  });

  test('labels of tasks, rows of two keys, reach both clients', async () => {
    const [task, label] = [chance.id(), chance.id()];
    const id = compositeId('TaskLabel', [task, label]);
    await alice.create('Task', aTask(task));
    await alice.create('Label', aLabel(label, 'urgent'));
    await alice.create('TaskLabel', { id, taskId: task, labelId: label, workspaceId: 'ws-1' });
    await shows(bob, 'TaskLabel', id);
    await assertConverged([alice, bob]);
    await bob.delete('TaskLabel', id);
    await until('it is gone', async () => (await alice.dump()).shown.TaskLabel.every((row) => row.id !== id));
    await assertConverged([alice, bob]);
  });

  test('a forbidden write is refused and undone', async () => {
    const id = chance.id();
    await bob.create('Task', aTask(id, { workspaceId: 'ws-a' }));
    await until('bob receives it', async () => [...bob.answered.values()].some(({ success }) => !success));
    assert.equal([...bob.answered.values()].at(-1).error, 'Access denied');
    await until('bob has undone it', async () => !(await bob.dump()).shown.Task.some((row) => row.id === id));
    await assertConverged([alice, bob]);
  });

  test('a repeat, at once and later, takes effect once', async () => {
    const id = chance.id();
    const transaction = { action: 'INSERT', clientTxId: chance.id(), modelName: 'Task', modelId: id, payload: aTask(id) };
    const clientId = chance.id();
    const answers = await Promise.all(Array.from({ length: 4 }, () => mutate('alice', clientId, [transaction])));
    answers.push(await mutate('alice', clientId, [transaction]));
    const first = answers[0].results[0];
    assert.equal(first.success, true);
    for (const { results } of answers) assert.deepEqual(results, [first]);
    assert.equal((await readLog('alice')).filter(({ modelId }) => modelId === id).length, 1);
    await shows(bob, 'Task', id);
    await assertConverged([alice, bob]);
  });
});
