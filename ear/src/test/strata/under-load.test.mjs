import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { seeded } from './seeded.mjs';
import { mutate } from './server.mjs';
import { aTask } from './tasks.mjs';

const WRITERS = 32;
const ROUNDS = 20;

describe('many concurrent writers', () => {
  const devices = new Devices();
  afterEach(() => devices.close());

  test('no client misses an action, whether connected before or started in between', async (context) => {
    const chance = seeded(context.name);
    await devices.add('alice');
    await devices.add('bob');

    // A client never notices a gap: an action that reached it too late, or was left out of its bootstrap, is missing
    // for ever.
    const write = async (writer) => {
      const clientId = chance.id();
      const ask = async (action, modelId, payload) => {
        const { results } = await mutate(writer % 2 ? 'alice' : 'bob', clientId, [
          { action, clientTxId: chance.id(), modelName: 'Task', modelId, payload },
        ]);
        assert.equal(results[0].success, true, results[0].error);
      };
      const id = chance.id();
      await ask('INSERT', id, aTask(id, { title: `task of ${writer}` }));
      for (let round = 1; round < ROUNDS; round++) {
        await ask('UPDATE', id, round % 2 ? { title: `round ${round}` } : { notes: `round ${round}`, priority: round });
      }
    };
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
    const starting = (async () => {
      for (let n = 0; n < 3; n++) await devices.add('alice');
    })();
    await Promise.all([writing, starting]);
    await assertConverged(devices.all);
  });
});
