import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../strata/waiting.mjs';
import { devicesOf, SETTLE_MILLIS_MAX } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { aStore, OPERATOR_KEY, resetStore } from './server.mjs';

const WIPED = /backend-id-mismatch/;

describe('a store that an operator resets', { skip: !OPERATOR_KEY, concurrency: 3 }, () => {
  /** The client drops its copy and ends its store by itself. */
  async function ended(client) {
    await until(`${client.name} has closed its store`, async () => client.shutdown !== undefined, SETTLE_MILLIS_MAX);
    assert.match(client.shutdown, WIPED);
  }

  /** Its process is started again, on the same disk. */
  async function restart(client) {
    await client.kill();
    client.committed = [];
    await client.start();
  }

  for (const transport of ['ws', 'http']) {
    test(`clients over ${transport} drop their copy, and share the new store after a restart`, async (t) => {
      const devices = devicesOf(t, aStore(`reset ${transport}`));
      const clients = await Promise.all(['anna', 'ben'].map((name) => devices.add(name, { transport, disk: true })));
      await clients[0].add(30);
      await clients[1].add(5);
      await assertConverged(devices);
      await devices.unobserve();

      await resetStore(devices.store);
      await Promise.all(clients.map(ended));
      await Promise.all(clients.map(restart));
      devices.observe();
      for (const client of clients) {
        assert.deepEqual(await client.items(), []);
        await client.add(3, 'after the reset');
      }
      await assertConverged(devices);
    });
  }

  test('a client that was offline drops its copy when it returns, with the events that it had not sent', async (t) => {
    const devices = devicesOf(t, aStore('reset offline'));
    const [anna] = await devices.addAll('anna');
    const ben = await devices.add('ben', { disk: true });
    await anna.add(5);
    await assertConverged(devices);
    await devices.unobserve();
    ben.forwarder.goOffline();
    await ben.add(5, 'not sent');
    await ben.saved();

    await resetStore(devices.store);
    await ended(anna);
    await restart(anna);
    devices.observe();
    await anna.add(5, 'after the reset');
    ben.forwarder.goOnline();
    await ended(ben);
    await restart(ben);
    await ben.add();
    await assertConverged(devices);
  });
});
