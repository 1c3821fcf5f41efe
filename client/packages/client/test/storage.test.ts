import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Browser } from './browser.js';
import { Clock } from './clock.js';
import { Server } from './server.js';

describe('storage and tabs', () => {
  let clock: Clock, server: Server, browser: Browser;

  beforeEach(() => {
    clock = new Clock();
    server = new Server();
    browser = new Browser(clock, server);
  });

  test('rows and position survive a crash: the next tab shows them without a connection', async () => {
    server.insert('todos', '1', { title: 'one' });
    const first = browser.open();
    first.todos;
    await clock.advance(1_000);
    first.crash();
    server.reach(false);
    const second = browser.open();
    second.todos;
    await clock.advance(0);
    assert.deepEqual(second.titles(), ['one']);
    assert.equal(second.todos.state, 'stored');
    server.reach(true);
    server.insert('todos', '2', { title: 'two' });
    const lists = server.requests.filter((request) => request.startsWith('GET')).length;
    await clock.advance(20_000);
    assert.deepEqual(second.titles(), ['two', 'one']);
    assert.equal(server.requests.filter((request) => request.startsWith('GET')).length, lists);
  });

  test('rows that take the page long are painted before they are kept', async () => {
    const first = browser.open();
    first.todos;
    await clock.advance(1_000);
    first.todos.subscribe(() => (clock.millis += 400));
    const kept = async () => {
      const other = browser.open();
      other.todos;
      while (other.todos.state === 'empty') await clock.advance(0);
      return other.titles();
    };
    server.insert('todos', '1', { title: 'one' });
    await clock.advance(60);
    server.reach(false);
    assert.deepEqual([first.titles(), await kept()], [['one'], []]);
    await clock.advance(60);
    assert.deepEqual(await kept(), ['one']);
  });

  test('mutations survive a crash, and are sent once, in order', async () => {
    const first = browser.open();
    first.todos;
    await clock.advance(1_000);
    server.reach(false);
    const [id] = first.todos.insert({ title: 'one' }).rowIds;
    first.todos.update(id!, { title: 'uno' });
    await clock.advance(1_000);
    first.crash();
    const second = browser.open();
    second.todos;
    await clock.advance(0);
    assert.deepEqual(second.titles(), ['uno']);
    assert.equal(second.client.pending().length, 2);
    server.reach(true);
    await clock.advance(20_000);
    assert.equal(second.client.pending().length, 0);
    assert.equal(server.collection('todos').get(id!)!['title'], 'uno');
    assert.deepEqual([...server.effects.values()], [1, 1]);
  });

  test('one tab sends, the others show the same pending mutations', async () => {
    const [left, right] = [browser.open(), browser.open()];
    left.todos;
    right.todos;
    await clock.advance(100);
    server.reach(false);
    right.todos.insert({ title: 'one' });
    await clock.advance(100);
    assert.deepEqual(left.titles(), ['one']);
    assert.equal(left.client.pending().length, 1);
    server.reach(true);
    await clock.advance(20_000);
    assert.equal(left.client.pending().length, 0);
    assert.equal(right.client.pending().length, 0);
    assert.deepEqual(right.titles(), ['one']);
    assert.equal(server.requests.filter((request) => request.startsWith('POST')).length, 1);
  });

  test('tabs that insert at the same time show the same order, that of the storage', async () => {
    const [left, right] = [browser.open(), browser.open()];
    left.todos;
    right.todos;
    await clock.advance(100);
    server.reach(false);
    left.todos.insert({ title: 'left' });
    right.todos.insert({ title: 'right' });
    assert.deepEqual([left.titles(), right.titles()], [['left'], ['right']]);
    await clock.advance(100);
    assert.deepEqual(left.titles(), ['right', 'left']);
    assert.deepEqual(right.titles(), ['right', 'left']);
    const many = ['one', 'two', 'three'].map((title) => ({ kind: 'insert' as const, collection: 'todos', fields: { title } }));
    left.client.mutate(many);
    await clock.advance(100);
    for (const tab of [left, right]) assert.deepEqual(tab.titles(), ['one', 'two', 'three', 'right', 'left']);
  });

  test('when the sending tab closes, another one takes over', async () => {
    const [left, right] = [browser.open(), browser.open()];
    left.todos;
    right.todos;
    await clock.advance(100);
    server.reach(false);
    left.todos.insert({ title: 'left' });
    right.todos.insert({ title: 'right' });
    await clock.advance(100);
    left.crash();
    server.reach(true);
    await clock.advance(20_000);
    assert.deepEqual(server.listed('todos').map(({ title }) => title).sort(), ['left', 'right']);
    assert.deepEqual(right.titles().sort(), ['left', 'right']);
  });

  test('a refusal is told in all tabs', async () => {
    const [left, right] = [browser.open(), browser.open()];
    left.todos;
    right.todos;
    await clock.advance(100);
    server.refuse = (changes) => (changes.length > 0 ? { status: 403, code: 'FORBIDDEN', message: 'no' } : undefined);
    const write = right.todos.insert({ title: 'one' });
    await clock.advance(100);
    assert.deepEqual([left.refusals, right.refusals], [['FORBIDDEN insert'], ['FORBIDDEN insert']]);
    assert.deepEqual([left.titles(), right.titles()], [[], []]);
    assert.equal((await write.accepted).kind, 'refused');
  });

  test('without IndexedDB everything works, and the status says that nothing is kept', async () => {
    const tab = browser.open({}, { indexedDB: undefined });
    const write = tab.todos.insert({ title: 'one' });
    await clock.advance(1_000);
    assert.equal((await write.synced).kind, 'confirmed');
    const { state, storage, storageReason } = tab.client.status;
    assert.deepEqual([state, storage, storageReason], ['live', 'memory', 'unavailable']);
  });

  test('a full storage keeps mutations before rows, and the status says so', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(1_000);
    const put = IDBObjectStore.prototype.put;
    try {
      IDBObjectStore.prototype.put = function (value, key) {
        if (this.name === 'rows') throw new DOMException('full', 'QuotaExceededError');
        return put.call(this, value, key);
      };
      server.insert('todos', '1', { title: 'one' });
      await clock.advance(1_000);
      assert.deepEqual([tab.client.status.storage, tab.client.status.storageReason], ['memory', 'quota']);
      server.reach(false);
      tab.todos.insert({ title: 'mine' });
      await clock.advance(1_000);
      tab.crash();
      const next = browser.open();
      next.todos;
      await clock.advance(0);
      assert.deepEqual(next.titles(), ['mine']);
      server.reach(true);
      await clock.advance(20_000);
      assert.deepEqual(next.titles(), ['mine', 'one']);
    } finally {
      IDBObjectStore.prototype.put = put;
    }
  });

  test('a mutation that the browser does not keep is sent all the same', async () => {
    const [left, right] = [browser.open(), browser.open()];
    left.todos;
    right.todos;
    await clock.advance(1_000);
    const add = IDBObjectStore.prototype.add;
    try {
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      const write = right.todos.insert({ title: 'one' });
      await clock.advance(1_000);
      assert.equal((await write.synced).kind, 'confirmed');
      assert.deepEqual(left.titles(), ['one']);
      assert.equal(right.client.status.storageReason, 'quota');
    } finally {
      IDBObjectStore.prototype.add = add;
    }
  });

  test('rows of an earlier visit are dropped, when the caller may no longer read them', async () => {
    server.insert('todos', '1', { title: 'one' });
    const first = browser.open();
    first.todos;
    await clock.advance(1_000);
    first.crash();
    server.refuse = () => ({ status: 403, code: 'FORBIDDEN', message: 'no' });
    const second = browser.open();
    second.todos;
    await clock.advance(1_000);
    assert.deepEqual(second.titles(), []);
    assert.equal(second.client.status.state, 'refused');
    second.crash();
    server.reach(false);
    const third = browser.open();
    third.todos;
    await clock.advance(1_000);
    assert.deepEqual(third.titles(), []);
    server.reach(true);
    server.refuse = () => undefined;
    await clock.advance(20_000);
    assert.deepEqual(third.titles(), ['one']);
  });

  test('users of one browser do not see each other', async () => {
    const alice = browser.open({ user: 'alice' });
    server.reach(false);
    alice.todos.insert({ title: 'secret' });
    await clock.advance(100);
    const bob = browser.open({ user: 'bob' });
    bob.todos;
    await clock.advance(100);
    assert.deepEqual(bob.titles(), []);
    assert.equal(bob.client.pending().length, 0);
  });

  test('a client that forgets leaves nothing', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(1_000);
    await tab.client.close({ forget: true });
    server.reach(false);
    const next = browser.open();
    next.todos;
    await clock.advance(100);
    assert.deepEqual(next.titles(), []);
  });
});
