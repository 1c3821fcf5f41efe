// The assertions of LiveStore about each of its sync providers, on the published providers themselves.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { makeHttpSync, makeWsSync } from '@livestore/sync-cf/client';
import { Chunk, Effect, FetchHttpClient, KeyValueStore, Layer, Option, Schedule, Stream } from '@livestore/utils/effect';
import { WebSocket } from 'ws';
import { startForwarder } from '../browser/forwarder.mjs';
import { SETTLE_MILLIS_MAX } from './clients.mjs';
import { APPLICATION } from './server.mjs';

// Node.js 20 has a WebSocket on request only.
globalThis.WebSocket ??= WebSocket;

const POLL_MILLIS = 100;

/** The provider gives a connection up when nothing arrives between two pings. */
const PING = { requestInterval: 1_000 };
const PUSH_EVENTS_MAX = 100;

/** The limits of the transports for one message. */
const MESSAGE_BYTES_MAX = 900_000;

const PROVIDERS = {
  ws: (url) => makeWsSync({ url: url.replace(/^http/, 'ws'), ping: PING }),
  http: (url) => makeHttpSync({ url, livePull: { pollInterval: POLL_MILLIS }, ping: PING }),
};

const anEvent = (seqNum, { bytes = 0, parentSeqNum = seqNum - 1 } = {}) => ({
  name: 'v1.ItemAdded',
  args: { id: `item ${seqNum}`, text: 'x'.repeat(bytes) },
  seqNum,
  parentSeqNum,
  clientId: 'provider',
  sessionId: 'static',
});

/** Successive events; the first one is the child of the root. */
const someEvents = (count, { first = 1, bytes } = {}) =>
  Array.from({ length: count }, (_, n) => anEvent(first + n, { bytes, ...(n === 0 && { parentSeqNum: 0 }) }));

const numbers = (items) => items.flatMap(({ batch }) => batch.map(({ eventEncoded }) => eventEncoded.seqNum));
const numbersOf = (events) => events.map(({ seqNum }) => seqNum);
const cursor = (eventSequenceNumber) => Option.some({ eventSequenceNumber, metadata: Option.none() });
const pageInfos = (items) => items.map(({ pageInfo }) => pageInfo);

/** Everything that a pull returns until it ends. */
const collect = (backend, after = Option.none()) =>
  backend.pull(after).pipe(Stream.runCollect, Effect.map((items) => Chunk.toReadonlyArray(items)));

/** The answers to a live pull until it has a number of events. */
const collectLive = (backend, count, after = Option.none()) => {
  let seen = 0;
  return backend.pull(after, { live: true }).pipe(
    Stream.takeUntil(({ batch }) => (seen += batch.length) >= count),
    Stream.runCollect,
    Effect.map((items) => Chunk.toReadonlyArray(items)),
  );
};

const pushAll = (backend, events) =>
  Effect.forEach(
    Array.from({ length: Math.ceil(events.length / PUSH_EVENTS_MAX) }, (_, n) =>
      events.slice(n * PUSH_EVENTS_MAX, (n + 1) * PUSH_EVENTS_MAX),
    ),
    (batch) => backend.push(batch),
    { discard: true },
  );

for (const [transport, provider] of Object.entries(PROVIDERS)) {
  describe(`the ${transport} provider`, () => {
    /** Runs a test with a function that makes providers of one store; these end with the test. */
    const providerTest = (what, body) =>
      test(what, () => {
        const store = `provider test (${transport}): ${what} ${randomUUID()}`;
        const make = ({ storeId = store, url = APPLICATION } = {}) =>
          provider(`${url}/sync`)({ storeId, clientId: 'provider', payload: undefined });
        return Effect.gen(() => body(make)).pipe(
          Effect.scoped,
          Effect.provide(Layer.mergeAll(FetchHttpClient.layer, KeyValueStore.layerMemory)),
          Effect.timeout(SETTLE_MILLIS_MAX),
          Effect.runPromise,
        );
      });

    providerTest('can be created', function* (make) {
      const backend = yield* make();
      assert.equal(backend.metadata.protocol, transport);
      assert.deepEqual(backend.supports, { pullPageInfoKnown: true, pullLive: true });
    });

    providerTest('can ping', function* (make) {
      const backend = yield* make();
      yield* backend.connect;
      yield* backend.ping;
      assert.equal(yield* backend.isConnected, true);
    });

    providerTest('can connect', function* (make) {
      const backend = yield* make();
      yield* backend.connect;
      assert.equal(yield* backend.isConnected, true);
    });

    providerTest('pulls the events that were pushed', function* (make) {
      const backend = yield* make();
      yield* backend.push(someEvents(1));
      const items = yield* collect(backend);
      assert.deepEqual(items.map(({ batch }) => batch.map(({ eventEncoded }) => eventEncoded)), [someEvents(1)]);
      assert.deepEqual(pageInfos(items), [{ _tag: 'NoMore' }]);
    });

    providerTest('a live pull of an empty store returns that there is no more', function* (make) {
      const backend = yield* make();
      const first = yield* backend.pull(Option.none(), { live: true }).pipe(Stream.runHead);
      assert.deepEqual(first, Option.some({ batch: [], pageInfo: { _tag: 'NoMore' } }));
    });

    providerTest('a live pull survives idle times and receives a later event', function* (make) {
      const [reader, writer] = [yield* make(), yield* make()];
      const live = yield* Effect.fork(collectLive(reader, 1));
      yield* Effect.sleep(PING.requestInterval * 4);
      yield* writer.push(someEvents(1));
      assert.deepEqual(numbers(yield* live), [1]);
    });

    providerTest('pulls from a cursor', function* (make) {
      const backend = yield* make();
      yield* backend.push(someEvents(3));
      yield* collect(backend);
      assert.deepEqual(numbers(yield* collect(backend, cursor(2))), [3]);
      const atHead = yield* collect(backend, cursor(3));
      assert.deepEqual([numbers(atHead), pageInfos(atHead)], [[], [{ _tag: 'NoMore' }]]);
    });

    providerTest('streams dozens of very large events', function* (make) {
      const backend = yield* make();
      const events = someEvents(60, { bytes: 120_000 });
      yield* backend.push(events);
      assert.deepEqual(numbers(yield* collectLive(backend, 60)), numbersOf(events));
    });

    providerTest('streams thousands of small events', function* (make) {
      const backend = yield* make();
      const events = someEvents(1_800, { bytes: 1_000 });
      yield* backend.push(events);
      assert.deepEqual(numbers(yield* collectLive(backend, 1_800)), numbersOf(events));
    });

    providerTest('streams batches around the limit of a message', function* (make) {
      const backend = yield* make();
      const events = [];
      const sizes = [MESSAGE_BYTES_MAX - 1_000, 10, MESSAGE_BYTES_MAX / 2, MESSAGE_BYTES_MAX / 2, 1, MESSAGE_BYTES_MAX / 3];
      for (let round = 0; round < 4; round++) {
        const batch = sizes.slice(round).map((bytes, n) => anEvent(events.length + n + 1, { bytes: Math.floor(bytes) }));
        yield* backend.push(batch);
        events.push(...batch);
      }
      const items = yield* collect(backend);
      assert.deepEqual(numbers(items), numbersOf(events));
      assert.deepEqual(items.flatMap(({ batch }) => batch.map(({ eventEncoded }) => eventEncoded)), events);
      for (const item of items) assert.ok(JSON.stringify(item).length <= MESSAGE_BYTES_MAX + 1_000);
    });

    providerTest('a pull that is not live returns several events and ends', function* (make) {
      const backend = yield* make();
      for (const event of someEvents(5)) yield* backend.push([event]);
      assert.deepEqual(numbers(yield* collect(backend)), [1, 2, 3, 4, 5]);
    });

    providerTest('can reconnect', function* (make) {
      const forwarder = yield* Effect.acquireRelease(
        Effect.promise(() => startForwarder(APPLICATION)),
        (started) => Effect.promise(() => started.close()),
      );
      const backend = yield* make({ url: `http://${forwarder.host}` });
      yield* backend.connect;
      yield* backend.push(someEvents(1));
      forwarder.goOffline();
      yield* Effect.flip(collect(backend));
      forwarder.goOnline();
      const items = yield* Effect.retry(collect(backend), Schedule.spaced(POLL_MILLIS));
      assert.deepEqual(numbers(items), [1]);
      yield* backend.push([anEvent(2)]);
      yield* backend.ping;
      assert.equal(yield* backend.isConnected, true);
    });

    providerTest('says how many events remain', function* (make) {
      const backend = yield* make();
      yield* pushAll(backend, someEvents(350));
      assertRemaining(yield* collect(backend), 350);
    });

    providerTest('says how many events remain when the first number is not 1 and the reader stops early', function* (make) {
      const backend = yield* make();
      yield* pushAll(backend, someEvents(350, { first: 100 }));
      const items = yield* backend.pull(Option.none()).pipe(Stream.take(2), Stream.runCollect, Effect.map(Chunk.toReadonlyArray));
      assertRemaining(items, 350);
      assert.equal(numbers(items)[0], 100);
      assert.equal(items.at(-1).pageInfo._tag, 'MoreKnown');
    });

    providerTest('pages through 10,000 events from the middle', function* (make) {
      const backend = yield* make();
      const events = someEvents(10_000, { first: 20_000 });
      yield* pushAll(backend, events);
      const middle = events[4_999].seqNum;
      // The first page tells the provider its backend's id, which a cursor needs.
      yield* backend.pull(Option.none()).pipe(Stream.runHead);
      const items = yield* collect(backend, cursor(middle));
      assert.deepEqual(numbers(items), numbersOf(events.slice(5_000)));
      assertRemaining(items, 5_000);
    });

    providerTest('reports another backend as the published error', function* (make) {
      const backend = yield* make();
      yield* backend.push(someEvents(1));
      yield* collect(backend);
      // The storage remembers the backend of the first store.
      const other = yield* make({ storeId: `another ${randomUUID()}` });
      const error = yield* Effect.flip(collect(other, cursor(1)));
      assert.equal(error._tag, 'BackendIdMismatchError');
      assert.notEqual(error.expected, error.received);
      const refused = yield* Effect.flip(other.push(someEvents(1)));
      assert.equal(refused._tag, 'BackendIdMismatchError');
    });
  });
}

/** Each page tells what is left after it. */
function assertRemaining(items, total) {
  let left = total;
  for (const { batch, pageInfo } of items) {
    left -= batch.length;
    assert.deepEqual(pageInfo, left > 0 ? { _tag: 'MoreKnown', remaining: left } : { _tag: 'NoMore' });
  }
}
