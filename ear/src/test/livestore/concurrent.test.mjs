import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../strata/waiting.mjs';
import { devicesOf, SETTLE_MILLIS_MAX } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { RawClient, RawWriter } from './raw.mjs';
import { aStore, endpoint } from './server.mjs';

const BACKLOG = 2_000;
const BATCH = 100;

/** Between two events of a user who types fast. */
const TYPING_MILLIS = 50;

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

describe('clients that write at the same time', () => {
  test('three bursts of 100 events are in the store once each', async (t) => {
    const devices = devicesOf(t, aStore('bursts'));
    const clients = await devices.addAll('anna', 'ben', 'cleo');
    await Promise.all(clients.map((client) => client.add(100)));
    await assertConverged(devices);
  });

  test('a client that joins a store of 2,000 events while another writes misses none, and its own events arrive', async (t) => {
    const store = aStore('joining');
    const devices = devicesOf(t, store);
    const socket = await RawClient.open(endpoint(store, 'ws'), store);
    t.after(() => socket.close());
    const writer = new RawWriter(socket, 'writer');
    for (let n = 0; n < BACKLOG; n += BATCH) await writer.push(BATCH);

    let writing = true;
    const typing = (async () => {
      while (writing) {
        await writer.push();
        await pause(TYPING_MILLIS);
      }
    })();
    try {
      const anna = await devices.add('anna');
      await anna.add(3);
      await until('anna has the backlog', async () => (await anna.status()).head >= BACKLOG, SETTLE_MILLIS_MAX);
    } finally {
      writing = false;
      await typing;
    }
    await assertConverged(devices, writer.accepted);
    assert.ok(writer.accepted.length > BACKLOG);
  });
});
