import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { RawClient, RawWriter } from './raw.mjs';
import { aStore, endpoint } from './server.mjs';

const PING_MILLIS = 500;

/** Pings within twice the time after which a socket without a pull is closed. */
const PINGS = 20;

describe('sockets that send pings', { concurrency: true }, () => {
  /** Opens a socket of a store of its own; `says` sends what it has to say before its pings. */
  const opened = async (says) => {
    const store = aStore('pings');
    const socket = await RawClient.open(endpoint(store, 'ws'), store);
    await says(socket);
    return socket;
  };

  /** Pings until the socket is closed; the code of the close, if it is. */
  const pingUntilClosed = async (socket) => {
    for (let n = 0; n < PINGS && socket.closed === undefined; n++) {
      await socket.ping().catch(() => {});
      await setTimeout(PING_MILLIS);
    }
    return socket.closed;
  };

  test('and nothing else are closed, because their clients wait for pulls that were lost', async () => {
    const socket = await opened(() => {});
    assert.equal(await pingUntilClosed(socket), 1008);
  });

  test('and pushes are closed likewise', async () => {
    const socket = await opened((each) => new RawWriter(each, 'pusher').push());
    assert.equal(await pingUntilClosed(socket), 1008);
  });

  test('stay open when they have a live pull, or had a pull', async () => {
    const sockets = await Promise.all([
      opened((socket) => socket.pull({ live: true }).live()),
      opened((socket) => socket.pull().exit),
    ]);
    const closed = await Promise.all(sockets.map((socket) => pingUntilClosed(socket)));
    sockets.forEach((socket) => socket.close());
    assert.deepEqual(closed, [undefined, undefined]);
  });
});
