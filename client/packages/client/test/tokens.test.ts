import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Browser } from './browser.js';
import { Clock } from './clock.js';
import { Server } from './server.js';

describe('tokens', () => {
  let clock: Clock, server: Server, browser: Browser, issued: number;

  /** A token that is good for ten minutes by the issuer's clock. */
  const issue = (issuer = clock.millis): string => {
    const iat = Math.floor(issuer / 1000);
    const body = JSON.stringify({ sub: 'alice', iat, exp: iat + 600, n: ++issued });
    return (server.token = `h.${Buffer.from(body).toString('base64url')}.s`);
  };

  beforeEach(() => {
    clock = new Clock();
    server = new Server();
    browser = new Browser(clock, server);
    issued = 0;
  });

  test('a token is renewed before it expires, on the same socket', async () => {
    const tab = browser.open({ token: () => issue() });
    tab.todos;
    await clock.advance(545_000);
    assert.equal(issued, 2);
    assert.equal(server.requests.filter((request) => request.startsWith('SOCKET')).length, 1);
    assert.equal(server.requests.filter((request) => request.startsWith('FRAME {"type":"token"')).length, 1);
    assert.equal(tab.client.status.state, 'live');
  });

  test('a clock that is an hour off does not matter', async () => {
    for (const off of [-3_600_000, 3_600_000]) {
      issued = 0;
      const tab = browser.open({ token: () => issue(clock.millis + off) });
      tab.todos;
      await clock.advance(535_000);
      assert.equal(issued, 1);
      await clock.advance(10_000);
      assert.equal(issued, 2);
      await tab.client.close();
    }
  });

  test('a refused token is replaced, and the mutation is sent again', async () => {
    const tab = browser.open({ token: () => issue() });
    tab.todos;
    await clock.advance(0);
    server.token = 'another';
    tab.todos.insert({ title: 'one' });
    await clock.advance(1_000);
    assert.equal(server.collection('todos').size, 1);
    assert.deepEqual(tab.refusals, []);
  });

  test('without a better token mutations wait for one', async () => {
    server.token = 'right';
    const tab = browser.open({ token: 'wrong', user: 'alice' });
    tab.todos.insert({ title: 'one' });
    await clock.advance(60_000);
    assert.equal(tab.client.status.state, 'refused');
    assert.equal(tab.client.pending().length, 1);
    tab.client.setToken('right');
    await clock.advance(5_000);
    assert.equal(tab.client.status.state, 'live');
    assert.equal(server.collection('todos').size, 1);
  });

  test('an expired socket is opened again with a newer token', async () => {
    const tab = browser.open({ token: () => issue() });
    tab.todos;
    await clock.advance(0);
    server.closeSockets(4401, 'expired');
    await clock.advance(1_000);
    assert.equal(tab.client.status.state, 'live');
    assert.equal(issued, 2);
  });

  test('with cookies nothing is kept unless the user is named', async () => {
    const nameless = browser.open({ cookies: true });
    await clock.advance(0);
    assert.equal(nameless.client.status.storageReason, 'no-user');
    const named = browser.open({ cookies: true, user: 'alice' });
    await clock.advance(0);
    assert.equal(named.client.status.storage, 'durable');
  });
});
