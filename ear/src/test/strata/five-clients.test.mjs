import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { seeded } from './seeded.mjs';
import { aComment, aLabel, aTask } from './tasks.mjs';

describe('five clients', () => {
  const devices = new Devices();
  afterEach(() => devices.close());

  test('clients that are cut, restarted and started anew all at once converge', async (context) => {
    const chance = seeded(context.name);
    const clients = await Promise.all(['alice', 'alice', 'alice', 'bob'].map((user) => devices.add(user)));
    const tasks = [];

    const write = async (client, step) => {
      const id = tasks.length > 0 ? chance.one(tasks) : undefined;
      switch (chance.below(id ? 8 : 1)) {
        case 0:
        case 1:
          tasks.push(chance.id());
          return client.create('Task', aTask(tasks.at(-1), { title: `step ${step}` }));
        case 2:
          return client.update('Task', id, { title: `step ${step} of ${client.user}` });
        case 3:
          return client.update('Task', id, { priority: step, dueOn: Date.UTC(2026, 6, 1 + (step % 28)) });
        case 4:
          return client.create('Comment', aComment(chance.id(), id, `step ${step}`));
        case 5:
          return client.create('Label', aLabel(chance.id(), `step ${step}`));
        case 6:
          return chance.below(3) ? client.archive('Task', id, Date.UTC(2026, 7, 1)) : client.delete('Task', id);
        default:
          return client.forwarder.cut();
      }
    };
    // A row that the client does not have yet, or no longer has, cannot be changed.
    const tryTo = (client, step) => write(client, step).catch((error) => assert.match(error.message, /not found/i));

    for (let step = 0; step < 40; step++) await Promise.all(clients.map((client) => tryTo(client, step)));
    clients.push(await devices.add('bob'));
    const [restarted] = clients;
    await restarted.kill();
    await Promise.all([restarted.start(), ...clients.slice(1).map((client) => tryTo(client, 40))]);
    for (let step = 41; step < 60; step++) await Promise.all(clients.map((client) => tryTo(client, step)));
    await assertConverged(clients);
  });
});
