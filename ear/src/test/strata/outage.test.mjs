import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, settled } from './convergence.mjs';
import { until } from './waiting.mjs';
import { seeded } from './seeded.mjs';
import { readLog } from './server.mjs';
import { aTask } from './tasks.mjs';

const CONTROL_URL = process.env.CONTROL_URL;

/** As many as the published client has, but ten times as fast. */
const RETRIES = JSON.parse(process.env.STRATA_RETRIES ?? '{"maxRetries":3,"baseDelay":100,"maxDelay":3000,"jitter":0.2}');

const database = async (what) => {
  const { status } = await fetch(`${CONTROL_URL}/database/${what}`, { method: 'POST' });
  assert.equal(status, 204);
};

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

describe('an unreachable database', { skip: !CONTROL_URL }, () => {
  let devices, alice, bob, chance;

  beforeEach(async (context) => {
    chance = seeded(context.name);
    devices = new Devices();
    alice = await devices.add('alice', { retries: RETRIES });
    bob = await devices.add('bob', { retries: RETRIES });
    for (const client of [alice, bob]) await settled(client);
  });
  afterEach(async () => {
    await database('start');
    await devices.close();
  });

  test('[STR30][CS1] edits that used up their retries are sent when it is back, in their order', async () => {
    const ids = Array.from({ length: 5 }, chance.id);
    const later = chance.id();
    await database('stop');
    for (const id of ids) await alice.create('Task', aTask(id));
    // Long enough for the published client to give up, which it does not report.
    await pause(RETRIES.baseDelay * 2 ** RETRIES.maxRetries * 1.3 + 500);
    await alice.update('Task', ids[0], { title: 'of the outage' });
    await database('start');
    await alice.update('Task', ids[1], { title: 'afterwards' });
    await alice.create('Task', aTask(later));

    // The client must recover without a user's action.
    await until('the outbox is empty', async () => (await alice.status()).outbox === 0);
    const refused = [...alice.answered.values()].filter(({ success }) => !success);
    assert.deepEqual(refused, []);
    const log = await readLog('alice');
    const actions = (row) => log.filter(({ modelId }) => modelId === row).map(({ action }) => action).join('');
    assert.deepEqual([...ids, later].map(actions), ['IU', 'IU', 'I', 'I', 'I', 'I']);
    await assertConverged([alice, bob]);
  });
});
