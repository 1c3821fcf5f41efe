import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { assertChain } from './convergence.mjs';
import { within } from '../strata/waiting.mjs';
import { RawClient, RawWriter } from './raw.mjs';
import { aStore, endpoint } from './server.mjs';

const PULLS = 1_000;
const SOCKETS = 20;
const BACKLOG = 250;

/** How far a pull must follow the store after its backlog. */
const LIVE_EVENTS = 3;

describe('live pulls that begin between pushes', () => {
  let store, backendId, sockets, writer, writing, pushes;

  beforeEach(async () => {
    store = aStore('live pulls');
    sockets = await Promise.all(Array.from({ length: SOCKETS }, () => RawClient.open(endpoint(store, 'ws'), store)));
    const pusher = await RawClient.open(endpoint(store, 'ws'), store);
    sockets.push(pusher);
    writer = new RawWriter(pusher, 'writer');
    await writer.push(100);
    await writer.push(100);
    await writer.push(BACKLOG - 200);
    const pull = pusher.pull();
    await pull.exit;
    ({ backendId } = pull);
    writing = true;
    pushes = (async () => {
      while (writing) await writer.push();
    })();
  });

  afterEach(async () => {
    writing = false;
    await pushes;
    for (const socket of sockets) socket.close();
  });

  /** Opens pulls one after another on each socket; each must receive everything after its cursor once and in order. */
  async function pullAll(cursorOf) {
    let opened = 0;
    let live = 0;
    const pullNext = async (socket) => {
      while (opened < PULLS) {
        opened++;
        const after = cursorOf();
        const pull = socket.pull({ live: true, ...(after > 0 && { after, backendId }) });
        const target = writer.accepted.length + LIVE_EVENTS;
        const ended = await within(
          `a pull after ${after} receives event ${target}`,
          Promise.race([pull.when(() => pull.head >= target), pull.exit]),
        );
        assert.equal(ended, undefined, `the pull ended: ${JSON.stringify(ended)}`);
        assertPaged(pull.pages);
        assertChain(pull.log, after);
        if (pull.pages.at(-1).pageInfo._tag === 'NoMore') live++;
        socket.interrupt(pull.id);
        const exit = await within('the pull is interrupted', pull.exit);
        assert.equal(exit._tag, 'Failure');
        assertChain(pull.log, after);
      }
    };
    await Promise.all(sockets.slice(0, SOCKETS).map(pullNext));
    assert.ok(live > 0);
    assert.deepEqual(sockets.flatMap(({ others }) => others), []);
  }

  test('1,000 pulls without a backlog receive every event once, in order', () => pullAll(() => writer.accepted.length));

  test('1,000 pulls with a backlog receive it first, then every event once, in order', () =>
    pullAll(() => Math.max(0, writer.accepted.length - BACKLOG)));

  test('a socket that is closed in the middle of a backlog resumes from its cursor', async () => {
    writing = false;
    await pushes;
    const head = writer.accepted.length;
    const first = sockets[0].pull({ live: true, acks: false });
    await within('the first page arrives', first.when(() => first.log.length > 0));
    sockets[0].close();
    assert.ok(first.head < head);
    const second = sockets[1].pull({ live: true, after: first.head, backendId: first.backendId });
    await within('the rest arrives', second.when(() => second.head >= head));
    assertChain([...first.log, ...second.log]);
    assertPaged(second.pages);
  });

  test('a page of a backlog waits for the acknowledgement of the one before', async () => {
    writing = false;
    await pushes;
    const pull = sockets[0].pull({ acks: false });
    await within('the first page arrives', pull.when(() => pull.pages.length === 1));
    await sockets[0].ping();
    await sockets[0].ping();
    assert.equal(pull.pages.length, 1);
    assert.deepEqual(pull.pages[0].pageInfo, { _tag: 'MoreKnown', remaining: writer.accepted.length - pull.log.length });
    for (let page = 2; pull.head < writer.accepted.length; page++) {
      sockets[0].ack(pull.id);
      await within('the next page arrives', pull.when(() => pull.pages.length === page));
    }
    sockets[0].ack(pull.id);
    assert.deepEqual(await within('the pull ends', pull.exit), { _tag: 'Success' });
    assertChain(pull.log);
  });
});

/** Pages have at most 100 events; the first page without a rest ends the backlog, and no later one has a rest. */
function assertPaged(pages) {
  for (const { size } of pages) assert.ok(size <= 100, `a page of ${size}`);
  const end = pages.findIndex(({ pageInfo }) => pageInfo._tag === 'NoMore');
  assert.ok(end >= 0, 'the backlog ends');
  for (const { size, pageInfo } of pages.slice(end + 1)) assert.ok(size > 0 && pageInfo._tag === 'NoMore');
  for (const { size, pageInfo } of pages.slice(0, end)) assert.ok(size > 0 && pageInfo.remaining > 0);
}
