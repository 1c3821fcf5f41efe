import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { devicesOf } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { aStore, OPERATOR_KEY, resetStore } from './server.mjs';

describe('a store that an operator resets', { skip: !OPERATOR_KEY, concurrency: 3 }, () => {
  for (const transport of ['ws', 'http']) {
    test(`clients over ${transport} drop their copy, and share the new store after a restart`, async (t) => {
      const devices = devicesOf(t, aStore(`reset ${transport}`));
      const clients = await Promise.all(['anna', 'ben'].map((name) => devices.add(name, { transport, disk: true })));
      await clients[0].add(30);
      await clients[1].add(5);
      await assertConverged(devices);
      await devices.unobserve();

      await resetStore(devices.store);
      await Promise.all(clients.map((client) => client.ended()));
      await Promise.all(clients.map((client) => client.startAnew()));
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
    await anna.ended();
    await anna.startAnew();
    devices.observe();
    await anna.add(5, 'after the reset');
    ben.forwarder.goOnline();
    await ben.ended();
    await ben.startAnew();
    await ben.add();
    await assertConverged(devices);
  });
});
