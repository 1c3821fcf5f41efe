import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createCollection, createTransaction } from '@tanstack/db';
import { Browser, type Tab } from '../../client/test/browser.js';
import { Clock } from '../../client/test/clock.js';
import { Server } from '../../client/test/server.js';
import { lockstepCollectionOptions, lockstepMutationFn, RefusedError } from '../src/index.js';

describe('a collection of TanStack DB', () => {
  let clock: Clock, server: Server, browser: Browser, tab: Tab;

  beforeEach(() => {
    clock = new Clock();
    server = new Server();
    browser = new Browser(clock, server);
    tab = browser.open();
  });

  const open = (name = 'todos', of = tab) => {
    const collection = createCollection(lockstepCollectionOptions({ client: of.client, collection: name }));
    collection.startSyncImmediate();
    return collection;
  };
  const titles = (collection: ReturnType<typeof open>) => collection.toArray.map((row) => row['title']).sort();

  test('is ready with the list, and follows changes', async () => {
    server.insert('todos', '1', { title: 'one' });
    const todos = open();
    assert.equal(todos.status, 'loading');
    await clock.advance(0);
    assert.equal(todos.status, 'ready');
    server.insert('todos', '2', { title: 'two' });
    server.update('todos', '1', { title: 'uno' });
    await clock.advance(0);
    assert.deepEqual(titles(todos), ['two', 'uno']);
    server.delete('todos', '2');
    await clock.advance(0);
    assert.deepEqual(titles(todos), ['uno']);
  });

  test('an empty list is ready, too', async () => {
    const todos = open();
    await clock.advance(0);
    assert.equal(todos.status, 'ready');
  });

  test('an update replaces the whole row', async () => {
    server.insert('todos', '1', { title: 'one', note: 'old' });
    const todos = open();
    await clock.advance(0);
    server.collection('todos').get('1')!['note'] = undefined;
    server.update('todos', '1', { title: 'uno' });
    await clock.advance(0);
    assert.equal(todos.get('1')!['note'], undefined);
  });

  test('a refused list is an error while it is loading', async () => {
    server.refuse = () => ({ status: 403, code: 'FORBIDDEN', message: 'no' });
    const todos = open();
    await clock.advance(1_000);
    assert.equal(todos.status, 'error');
  });

  test('an edit is persisted when it has come back by the socket, not before', async () => {
    const todos = open();
    await clock.advance(1_000);
    const transaction = todos.insert({ id: 'a', title: 'one' });
    let isPersisted = false;
    void transaction.isPersisted.promise.then(() => (isPersisted = true));
    assert.deepEqual(titles(todos), ['one']);
    for (const socket of server.sockets) socket.deliver = () => {}; // the answer comes, the frame does not
    await clock.advance(1_000);
    assert.equal(server.collection('todos').size, 1);
    assert.equal(isPersisted, false);
    server.closeSockets(1006);
    await clock.advance(5_000);
    assert.equal(isPersisted, true);
    assert.deepEqual(titles(todos), ['one']);
  });

  test('a row never disappears between the edit and its confirmation', async () => {
    const todos = open();
    await clock.advance(1_000);
    const deletes: unknown[] = [];
    todos.subscribeChanges((changes) => deletes.push(...changes.filter(({ type }) => type === 'delete')));
    const transaction = todos.insert({ id: 'a', title: 'one' });
    await clock.advance(1_000);
    await transaction.isPersisted.promise;
    todos.update('a', (draft) => {
      draft['title'] = 'uno';
    });
    await clock.advance(1_000);
    assert.deepEqual(titles(todos), ['uno']);
    assert.deepEqual(deletes, []);
  });

  test('a refused edit is rolled back, and its transaction fails with the code', async () => {
    server.insert('todos', '1', { title: 'one' });
    const todos = open();
    await clock.advance(1_000);
    server.refuse = () => ({ status: 403, code: 'FORBIDDEN', message: 'no' });
    const transaction = todos.update('1', (draft) => {
      draft['title'] = 'mine';
    });
    const failure = transaction.isPersisted.promise.then(() => undefined, (error: unknown) => error);
    await clock.advance(1_000);
    const error = await failure;
    assert.ok(error instanceof RefusedError);
    assert.equal(error.refusal.code, 'FORBIDDEN');
    assert.deepEqual(titles(todos), ['one']);
  });

  test('a transaction over two collections is one mutation', async () => {
    const [todos, notes] = [open('todos'), open('notes')];
    await clock.advance(1_000);
    const transaction = createTransaction({ mutationFn: lockstepMutationFn(tab.client) });
    transaction.mutate(() => {
      todos.insert({ id: 'a', title: 'one' });
      notes.insert({ id: 'b', title: 'note' });
    });
    await clock.advance(1_000);
    await transaction.isPersisted.promise;
    assert.deepEqual([titles(todos), titles(notes)], [['one'], ['note']]);
    assert.deepEqual(server.requests.filter((request) => /^P/.test(request)), ['POST api/default/mutations']);
  });

  test('an insert of many rows is sent in parts that the server takes', async () => {
    const todos = open();
    await clock.advance(1_000);
    const rows = Array.from({ length: 250 }, (_, at) => ({ id: `row-${at}`, title: `title ${at}` }));
    const transaction = todos.insert(rows);
    await clock.advance(1_000);
    await transaction.isPersisted.promise;
    assert.equal(server.collection('todos').size, 250);
    assert.equal(server.requests.filter((request) => request === 'POST api/default/todos/bulk').length, 3);
  });

  test('a lost cursor replaces all rows in one step', async () => {
    server.insert('todos', '1', { title: 'one' });
    const todos = open();
    await clock.advance(1_000);
    const sizes: number[] = [];
    todos.subscribeChanges(() => sizes.push(todos.size));
    server.closeSockets(1006);
    server.insert('todos', '2', { title: 'two' });
    server.prune();
    await clock.advance(20_000);
    assert.deepEqual(titles(todos), ['one', 'two']);
    assert.ok(sizes.every((size) => size === 2), String(sizes));
  });

  test('mutations of an earlier visit are shown and sent', async () => {
    open();
    await clock.advance(1_000);
    server.reach(false);
    tab.todos.insert({ title: 'before' });
    await clock.advance(1_000);
    tab.crash();
    const next = browser.open();
    const todos = open('todos', next);
    await clock.advance(0);
    assert.deepEqual(titles(todos), ['before']);
    assert.equal(todos.utils.pendingCount(), 1);
    server.reach(true);
    await clock.advance(20_000);
    assert.equal(todos.utils.pendingCount(), 0);
    assert.equal(todos.utils.connectionState(), 'live');
    assert.equal(server.collection('todos').size, 1);
  });
});
