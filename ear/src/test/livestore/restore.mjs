// The database is restored from a backup, and then more is pushed than was lost. Runs after all other tests.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { devicesOf } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { aStore, control, CONTROL_URL, readLog } from './server.mjs';

const LOST = 5;

describe('a database that is restored', { skip: !CONTROL_URL }, () => {
  test('clients with lost events drop their copy, and share what the restored store has', async (t) => {
    const devices = devicesOf(t, aStore('restore'));
    const anna = await devices.add('anna', { disk: true });
    const ben = await devices.add('ben', { disk: true });
    await anna.add(3);
    await assertConverged(devices);
    const kept = [...anna.committed];
    await devices.unobserve();

    await control('/back-up');
    await anna.add(LOST, 'lost');
    await anna.sent();
    ben.forwarder.goOffline();
    await ben.add(LOST, 'not sent');
    await ben.saved();
    await control('/restore');

    await anna.ended();
    await anna.startAnew(kept);
    devices.observe();
    await anna.add(4 * LOST, 'after the restore');
    ben.forwarder.goOnline();
    await ben.ended();
    await ben.startAnew();
    await ben.add();
    await assertConverged(devices);
    assert.ok((await readLog(devices.store)).every(({ args }) => args.text !== 'lost'));
  });
});
