import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { eventsAfter, RawClient } from './raw.mjs';
import { aStore, endpoint, post, readLog, TOKEN } from './server.mjs';

const NAME_CHARACTERS_MAX = 256;

/** As JSON texts: JavaScript would change some when it writes them. */
const ARGS = [
  'null',
  'true',
  '"text"',
  '""',
  '1.5',
  '-0.0',
  '1e21',
  '5e-324',
  '12345678901234567890',
  '[1,null,{"b":"𝄞é\\u0000x"}]',
  '{"":{"a":[]},"__proto__":1,"\\u0000":"\\ud800"}',
  '{"b":1,"a":2}',
  JSON.stringify({ text: 'x'.repeat(899_000) }),
];

const WITHOUT_ARGS = JSON.stringify({ name: '', seqNum: ARGS.length + 1, parentSeqNum: ARGS.length, clientId: 'ü', sessionId: '', extra: 1 });

describe('stores', () => {
  const sockets = [];

  const open = async (store, payload) => {
    const socket = await RawClient.open(endpoint(store, 'ws', payload), store);
    sockets.push(socket);
    return socket;
  };

  afterEach(() => sockets.splice(0).forEach((socket) => socket.close()));

  test('the arguments of an event are returned as they were sent', async () => {
    const store = aStore('args');
    const socket = await open(store);
    const events = ARGS.map(
      (args, n) => `{"name":"v${n}","args":${args},"seqNum":${n + 1},"parentSeqNum":${n},"clientId":"raw","sessionId":"s"}`,
    );
    events.push(WITHOUT_ARGS);
    for (const event of events) {
      const exit = await socket.pushText(`[${event}]`);
      assert.equal(exit._tag, 'Success', `${event.slice(0, 200)}: ${JSON.stringify(exit)}`);
    }
    const { extra, ...last } = JSON.parse(WITHOUT_ARGS);
    const expected = [...events.slice(0, -1).map((event) => JSON.parse(event)), { ...last, args: null }];
    assert.deepEqual(await readLog(store), expected);
  });

  test('stores whose names differ in punctuation or case are different', async () => {
    const name = `N-${aStore('names')}`;
    const names = [name, name.toLowerCase(), name.replaceAll('-', '_'), `${name} `, `${name}/`, `${name}%2F`, `${name}\u00e9`, `${name}e\u0301`];
    for (const [n, store] of names.entries()) {
      const exit = await (await open(store)).push(eventsAfter(0, 1, { id: `of ${n}` }));
      assert.equal(exit._tag, 'Success', store);
    }
    for (const [n, store] of names.entries()) {
      assert.deepEqual((await readLog(store)).map(({ args }) => args.id), [`of ${n}`], store);
    }
  });

  test('the longest name is a store', async () => {
    const store = aStore('long').padEnd(NAME_CHARACTERS_MAX, '+ &=?#%"\'(é)');
    assert.equal((await (await open(store)).push(eventsAfter(0, 1)))._tag, 'Success');
    assert.equal((await readLog(store)).length, 1);
    await assert.rejects(open(`${store}x`));
  });

  test('a store with a token refuses other payloads at the upgrade and per request', async () => {
    const store = aStore('auth raw');
    for (const payload of [undefined, null, {}, { authToken: 'wrong' }, 'insecure-token-change-me', [TOKEN]]) {
      await assert.rejects(open(store, payload), ({ statusCode }) => statusCode >= 400 && statusCode < 500);
      await assert.rejects(post(store, 'Ping', {}, '0', payload));
    }
    assert.equal((await (await open(store, TOKEN)).push(eventsAfter(0, 1)))._tag, 'Success');
    const [chunk] = await post(store, 'Pull', { cursor: { _tag: 'None' } }, '0', TOKEN);
    assert.equal(chunk.values[0].batch.length, 1);
  });
});
