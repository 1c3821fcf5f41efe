import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../strata/waiting.mjs';
import { Devices, devicesOf, SETTLE_MILLIS_MAX } from './clients.mjs';
import { assertConverged, convergesUnlessStuck } from './convergence.mjs';
import { aStore } from './server.mjs';

const REPETITIONS = 5;

/** Scenarios at a time: each waits most of its time, for clients that reconnect after seconds. */
const concurrency = 3;

describe('lost connections', { concurrency }, () => {
  test('a client that was offline sends its events and receives those of the other', async (t) => {
    const devices = devicesOf(t, aStore('one offline'));
    const [anna, ben] = await devices.addAll('anna', 'ben');
    await anna.add();
    await assertConverged(devices);
    ben.forwarder.goOffline();
    await ben.rename('anna.0', 'offline');
    await ben.add(60);
    await anna.rename('anna.0', 'online');
    await anna.add(60);
    ben.forwarder.goOnline();
    await assertConverged(devices);
  });

  for (let repetition = 1; repetition <= REPETITIONS; repetition++) {
    test(`clients that were all offline and return at once converge (${repetition} of ${REPETITIONS})`, async (t) => {
      const devices = devicesOf(t, aStore('all offline'));
      const clients = await devices.addAll('anna', 'ben', 'cleo');
      await clients[0].add();
      await assertConverged(devices);
      for (const { forwarder } of clients) forwarder.goOffline();
      await Promise.all(clients.map((client) => client.add(20)));
      await Promise.all(clients.map((client) => client.rename('anna.0', `of ${client.name}`)));
      for (const { forwarder } of clients) forwarder.goOnline();
      await assertConverged(devices);
    });
  }

  for (const writes of [false, true]) {
    test(`a client whose network was silent for longer than its pings allow ${writes ? 'sends its events' : 'receives events'} again`, async (t) => {
      const devices = devicesOf(t, aStore('silence'));
      const [anna, ben] = await devices.addAll('anna', 'ben');
      await anna.add();
      await assertConverged(devices);
      ben.forwarder.goSilent();
      await until('ben connects again', async () => ben.forwarder.upgrades > 1, SETTLE_MILLIS_MAX);
      await anna.add(3);
      ben.forwarder.endSilence();
      if (writes) await ben.add(3);
      await assertConverged(devices);
    });
  }

  test('connections cut in the middle of bursts lose nothing', async () => {
    await convergesUnlessStuck(
      () => new Devices(aStore('cuts')),
      async (all) => {
        const clients = await all.addAll('anna', 'ben');
        for (let round = 0; round < 3; round++) {
          await Promise.all(clients.map((client) => client.add(30)));
          clients[round % 2].forwarder.cut();
          await Promise.all(clients.map((client) => client.add(10)));
        }
        await assertConverged(all);
      },
    );
  });

  test('a client that is killed sends the events on its disk when it is started again', async (t) => {
    const devices = devicesOf(t, aStore('killed'));
    const anna = await devices.add('anna', { disk: true });
    const ben = await devices.add('ben', { disk: true });
    await anna.add(5);
    await assertConverged(devices);
    ben.forwarder.goOffline();
    await ben.add(20);
    await ben.saved();
    await ben.kill();
    await anna.add(5);
    ben.forwarder.goOnline();
    await ben.start();
    await ben.add(60);
    await ben.saved();
    // At any point of its pushes.
    await ben.kill();
    await ben.start();
    await assertConverged(devices);
    assert.equal(ben.shutdown, undefined);
  });
});
