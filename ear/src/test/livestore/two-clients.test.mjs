import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../strata/waiting.mjs';
import { devicesOf } from './clients.mjs';
import { assertConverged } from './convergence.mjs';
import { aStore, TOKEN } from './server.mjs';

const ODD_TEXTS = ['', ' ', '\u0000', 'é𝄞', '"\\/\b\f\n\r\t', '\u2028</script>', '{"_tag":"Ping"}'];

for (const transport of ['ws', 'http']) {
  describe(`two clients over ${transport}`, () => {
    test('each receives the event of the other', async (t) => {
      const devices = devicesOf(t, aStore(`two clients ${transport}`));
      const [anna, ben] = await Promise.all(['anna', 'ben'].map((name) => devices.add(name, { transport })));
      await anna.add();
      await until('ben has the item of anna', async () => (await ben.items()).length === 1);
      await ben.rename('anna.0', 'renamed');
      await assertConverged(devices);
      assert.deepEqual(await anna.items(), [{ id: 'anna.0', text: 'renamed' }]);
    });
  });
}

describe('two clients', { concurrency: 2 }, () => {
  test('texts arrive as they were written', async (t) => {
    const devices = devicesOf(t, aStore('odd texts'));
    const [anna] = await devices.addAll('anna', 'ben');
    for (const text of ODD_TEXTS) await anna.add(1, text);
    await assertConverged(devices);
  });

  test('a client that starts later receives everything', async (t) => {
    const devices = devicesOf(t, aStore('late joiner'));
    const anna = await devices.add('anna');
    await anna.add(150);
    await anna.rename('anna.7', 'renamed');
    await assertConverged(devices);
    await devices.add('late');
    await assertConverged(devices);
  });

  test('a store with a token is closed to a client with another payload, which keeps its events', async (t) => {
    const store = aStore('auth notes');
    const devices = devicesOf(t, store, { payload: TOKEN });
    const anna = await devices.add('anna');
    await anna.add();
    await assertConverged(devices);

    const stranger = await devices.add('stranger', { payload: { authToken: 'wrong %+&= é' } });
    await stranger.add();
    await anna.add();
    await until('the event of anna is in the store', async () => devices.observer.log.length === 2);
    assert.equal((await stranger.status()).head, 0);
    assert.equal((await stranger.items()).length, 1);
    devices.clients.pop();
    await stranger.close();
    await assertConverged(devices);
  });
});
