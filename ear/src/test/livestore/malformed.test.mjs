import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { until, within } from '../strata/waiting.mjs';
import { assertChain } from './convergence.mjs';
import { anEvent, none, RawClient, RawWriter, some } from './raw.mjs';
import { aStore, endpoint, post, readLog } from './server.mjs';

const store = aStore('malformed');
const EVENT_BYTES_MAX = 900_000;
const NESTED = 100_000;

/** Id of the malformed request; those of RawClient begin at 0. */
const ID = '900';

let pusher, writer, witness, live;

before(async () => {
  pusher = await RawClient.open(endpoint(store, 'ws'), store);
  writer = new RawWriter(pusher, 'writer');
  await writer.push();
  witness = await RawClient.open(endpoint(store, 'ws'), store);
  live = witness.pull({ live: true });
  await live.live();
});

after(async () => {
  pusher.close();
  witness.close();
});

const request = (tag, payload, others) => ({ _tag: 'Request', id: ID, tag, payload, headers: [], ...others });
const pull = (payload, others) => request('SyncWsRpc.Pull', { storeId: store, live: false, cursor: none, ...payload }, others);
const push = (batch, payload) => request('SyncWsRpc.Push', { storeId: store, batch, backendId: none, ...payload });
const next = (changes, at = 1) => ({ ...anEvent(writer.head + at), ...changes });
const without = (event, field) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== field));

// The answers to a client.
const isDefect = ({ said, closed }) => assert.ok(closed || said[0]?._tag === 'Defect', JSON.stringify(said));
const isFailure = (tag) => ({ said }) => {
  assert.deepEqual(said.map(({ _tag, requestId }) => [_tag, requestId]), [['Exit', ID]]);
  const { cause } = said[0].exit;
  assert.equal(cause._tag === 'Fail' ? cause.error._tag : cause._tag, tag, JSON.stringify(said));
};
const isInvalid = isFailure('Die');
const isRefused = isFailure('UnknownError');
const isAnything = () => {};
const isPage = ({ said }) => assert.deepEqual(said.map(({ _tag }) => _tag), ['Chunk']);
const isNothing = ({ said, closed }) => assert.deepEqual([said, closed], [[], undefined]);
const isClosed = ({ closed }) => assert.ok(closed, 'the socket is open');

/** Name, what the client is told, and the frames. */
const FRAMES = [
  ['text that is not JSON', isDefect, () => ['{nope']],
  ['an empty text', isDefect, () => ['']],
  ['an array', isDefect, () => [[pull()]]],
  ['a number', isDefect, () => ['1']],
  ['a string', isDefect, () => ['"Ping"']],
  ['null', isDefect, () => ['null']],
  ['an object without a tag', isDefect, () => ['{}']],
  ['a tag that is no string', isDefect, () => [{ _tag: 7 }]],
  ['an unknown tag', isDefect, () => [{ _tag: 'Wat' }]],
  ['an unknown request', isDefect, () => [request('SyncWsRpc.Nope', {})]],
  ['bytes that are not UTF-8', isClosed, () => [Buffer.from([0xc3, 0x28, 0xff])]],
  ['an unpaired surrogate', isNothing, () => ['{"_tag":"Interrupt","requestId":"\\ud800"}']],
  [`${NESTED} open brackets`, isDefect, () => ['['.repeat(NESTED)]],
  [`${NESTED} nested arrays`, isDefect, () => ['['.repeat(NESTED) + ']'.repeat(NESTED)]],
  ['args that are deeply nested', isAnything, () => [
    JSON.stringify(push([next({ args: '$' })])).replace('"$"', '['.repeat(NESTED) + ']'.repeat(NESTED)),
  ]],
  ['a frame of 4 MiB', isClosed, () => [JSON.stringify({ _tag: 'Ack', requestId: '1'.repeat(1 << 22) })]],

  ['an id that is a number', isNothing, () => [pull({}, { id: 900 })]],
  ['an id that is no number', isNothing, () => [pull({}, { id: 'abc' })]],
  ['no id', isNothing, () => [without(pull(), 'id')]],
  ['an id of 40 digits', isPage, () => [pull({}, { id: '9'.repeat(40) })]],
  ['an acknowledgement of an unknown request after another request', isPage, () => [pull({}, { id: '901' }), { _tag: 'Ack', requestId: ID }]],
  ['an acknowledgement without a request', isAnything, () => [pull(), { _tag: 'Ack' }]],
  ['an acknowledgement of an unknown request as the first frame', isClosed, () => [{ _tag: 'Ack', requestId: ID }]],
  ['an interruption of an unknown request', isNothing, () => [{ _tag: 'Interrupt', requestId: ID }]],
  ['the end of the requests', isNothing, () => [{ _tag: 'Eof' }]],
  ['an id that is in use', isAnything, () => [pull({ live: true }), pull({ live: true })]],

  ['a pull without payload', isInvalid, () => [without(pull(), 'payload')]],
  ['a pull whose payload is an array', isInvalid, () => [{ ...pull(), payload: [] }]],
  ['a pull without a cursor', isInvalid, () => [pull({ cursor: undefined })]],
  ['a pull whose cursor has an unknown tag', isInvalid, () => [pull({ cursor: { _tag: 'Maybe' } })]],
  ['a pull whose cursor has no value', isInvalid, () => [pull({ cursor: { _tag: 'Some' } })]],
  ['a pull whose cursor is a text', isInvalid, () => [pull({ cursor: some({ backendId: 'x', eventSequenceNumber: '1' }) })]],
  ['a pull whose cursor is a fraction', isInvalid, () => [pull({ cursor: some({ backendId: 'x', eventSequenceNumber: 1.5 }) })]],
  ['a pull whose live is a text', isInvalid, () => [pull({ live: 'true' })]],
  ['a pull of another store', isInvalid, () => [pull({ storeId: 'another' })]],
  ['a pull from another backend', isFailure('BackendIdMismatchError'), () => [pull({ cursor: some({ backendId: 'x', eventSequenceNumber: 1 }) })]],

  ['a push without a batch', isInvalid, () => [push(undefined)]],
  ['a push whose batch is an object', isInvalid, () => [push({})]],
  ['a push of null', isInvalid, () => [push([null])]],
  ['a push without a backend id', isInvalid, () => [push([next()], { backendId: undefined })]],
  ...['name', 'seqNum', 'parentSeqNum', 'clientId', 'sessionId'].map((field) => [
    `an event without ${field}`, isInvalid, () => [push([without(next(), field)])],
  ]),
  ['an event whose name is a number', isInvalid, () => [push([next({ name: 1 })])]],
  ['an event whose number is a text', isInvalid, () => [push([next({ seqNum: '2' })])]],
  ['an event whose number is a fraction', isInvalid, () => [push([next({ seqNum: writer.head + 1.5 })])]],
  ['an event whose number is beyond 2^53', isInvalid, () => [push([next({ seqNum: 1e300 })])]],
  ['a second event that is invalid', isInvalid, () => [push([next(), without(next({}, 2), 'name')])]],
  ['a push to another store', isInvalid, () => [push([next()], { storeId: 'another' })]],
  ['a push to another backend', isFailure('BackendIdMismatchError'), () => [push([next()], { backendId: some('x') })]],
  ['a push behind the head', isFailure('ServerAheadError'), () => [push([next({}, 0)])]],
  ['a push ahead of the head', isFailure('ServerAheadError'), () => [push([next({}, 2)])]],
  ['a number that is not greater than its parent', isRefused, () => [push([next({ seqNum: writer.head })])]],
  ['a chain that is broken', isRefused, () => [push([next(), next({}, 3)])]],
  ['a number that is there twice', isRefused, () => [push([next(), next()])]],
  ['an event that is too large', isRefused, () => [push([next({ args: 'x'.repeat(EVENT_BYTES_MAX + 1000) })])]],
];

/** All that the server says to frames of a new socket until it answers a pull after them. */
async function answersTo(frames, expected) {
  const socket = await RawClient.open(endpoint(store, 'ws'), store);
  try {
    for (const frame of frames) socket.send(frame);
    const following = socket.pull();
    await within('the server answers a pull or closes the socket', Promise.race([following.exit, socket.ended]));
    const isExpected = async () => {
      try {
        expected({ said: socket.others, closed: socket.closed });
        return true;
      } catch {
        return false;
      }
    };
    await until('the answer is there', isExpected, ANSWER_MILLIS_MAX).catch(() => {});
    expected({ said: socket.others, closed: socket.closed });
  } finally {
    socket.close();
  }
}

/** A push is executed after the pull that follows it. */
const ANSWER_MILLIS_MAX = 3_000;

/** Another socket's live pull receives the next event, and nothing else. */
async function assertUntouched() {
  const head = writer.head;
  await within('a push is answered', writer.push());
  await within('the other pull receives it', live.when(() => live.head > head));
  assert.deepEqual([witness.others, witness.closed], [[], undefined]);
}

describe('malformed frames', () => {
  for (const [what, expected, frames] of FRAMES) {
    test(what, async () => {
      await answersTo(frames(), expected);
      await assertUntouched();
    });
  }

  test('the store has the valid events only', async () => {
    const log = await readLog(store);
    assertChain(log);
    assert.deepEqual(live.log, log);
    assert.deepEqual(log.filter(({ clientId }) => clientId !== 'writer'), []);
  });
});

describe('malformed requests over HTTP', () => {
  const ask = (body, transport = 'http') =>
    fetch(endpoint(store, transport).replace(/^ws/, 'http'), { method: 'POST', headers: { 'content-type': 'application/json' }, body });

  for (const body of ['{nope', '', '[]', '1', 'null', '{}', '{"_tag":"Request","id":"0","tag":"SyncHttpRpc.Nope","payload":{},"headers":[]}']) {
    test(`a defect answers ${body || 'an empty body'}`, async () => {
      const response = await ask(body);
      assert.equal(response.status, 200);
      assert.match(response.headers.get('content-type'), /^application\/json/);
      assert.deepEqual((await response.json()).map(({ _tag }) => _tag), ['Defect']);
    });
  }

  test('an exit answers an invalid payload', async () => {
    const [exit, ...others] = await post(store, 'Pull', { cursor: 7 }, '12');
    assert.deepEqual([exit._tag, exit.requestId, exit.exit.cause._tag, others], ['Exit', '12', 'Die', []]);
  });

  test('a defect is the only message about an array of requests', async () => {
    const response = await ask(JSON.stringify([{ _tag: 'Request', id: '0', tag: 'SyncHttpRpc.Ping', payload: { storeId: store }, headers: [] }]));
    assert.deepEqual((await response.json()).map(({ _tag }) => _tag), ['Defect']);
  });

  test('a request without an upgrade is told that one is needed', async () => {
    const response = await fetch(endpoint(store, 'ws').replace(/^ws/, 'http'));
    assert.equal(response.status, 426);
  });

  for (const query of ['storeId=a&transport=foo', 'transport=http', 'storeId=a&transport=http&payload=%257B']) {
    test(`${query} is no request for a store`, async () => {
      const address = endpoint(store, 'http').replace(/\?.*/, `?${query}`);
      assert.ok([200, 400].includes((await fetch(address)).status));
      const socket = RawClient.open(address.replace('http:', 'ws:'), store);
      await assert.rejects(socket);
    });
  }
});
