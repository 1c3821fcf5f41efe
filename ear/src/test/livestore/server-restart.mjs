import { afterEach, describe, test } from 'node:test';
import { Devices } from './clients.mjs';
import { assertConverged, convergesUnlessStuck } from './convergence.mjs';
import { aStore, control, CONTROL_URL } from './server.mjs';

describe('a server that is stopped and started', { skip: !CONTROL_URL }, () => {
  let devices;

  afterEach(() => devices.close());

  test('events committed before, meanwhile and afterwards arrive', async () => {
    await convergesUnlessStuck(
      () => (devices = new Devices(aStore('server restart'))),
      async (all) => {
        const [anna, ben] = await all.addAll('anna', 'ben');
        await anna.add(20);
        await assertConverged(all);
        // Whether the server has these is open.
        await Promise.all([anna.add(30), ben.add(30)]);
        await control('/server/stop');
        await Promise.all([anna.add(10), ben.add(10)]);
        await control('/server/start');
        await Promise.all([anna.add(10), ben.add(10)]);
        await assertConverged(all);
      },
    );
  });
});
