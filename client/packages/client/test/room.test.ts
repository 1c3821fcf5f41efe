import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { createClient } from '../src/index.js';
import { Browser } from './browser.js';
import { Clock } from './clock.js';
import { Server } from './server.js';

describe('a room', () => {
  let clock: Clock, server: Server, browser: Browser;

  beforeEach(() => {
    clock = new Clock();
    server = new Server();
    browser = new Browser(clock, server);
  });

  test('shows the list, then changes as they are committed', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    const steps: string[] = [];
    tab.todos.onChanges(({ reset, rows, deleted }) => steps.push(`${reset} ${rows.map(({ id }) => id)} ${deleted}`));
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['one']);
    assert.equal(tab.client.status.state, 'live');
    server.insert('todos', '2', { title: 'two' });
    server.update('todos', '1', { title: 'uno' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['two', 'uno']);
    server.delete('todos', '2');
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['uno']);
    assert.deepEqual(steps, ['true 1 ', 'false 2 ', 'false 1 ', 'false  2']);
  });

  test('rows of one millisecond have the order of their commits, also after a reload', async () => {
    server.tickMillis = 0;
    server.insert('todos', '1', { title: 'one' });
    server.insert('todos', '2', { title: 'two' });
    const tab = browser.open({ maxInFlight: 1 });
    tab.todos;
    await clock.advance(0);
    server.insert('todos', '3', { title: 'three' });
    ['four', 'five'].forEach((title) => tab.todos.insert({ title }));
    await clock.advance(1_000);
    const expected = ['five', 'four', 'three', 'two', 'one'];
    assert.deepEqual(server.listed('todos').map(({ title }) => title), expected);
    assert.deepEqual(tab.titles(), expected);
    tab.crash();
    server.reach(false);
    const next = browser.open();
    next.todos;
    await clock.advance(0);
    assert.deepEqual(next.titles(), expected);
  });

  test('shows an edit at once, and sends changed fields only', async () => {
    server.insert('todos', '1', { title: 'one', completed: false });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    const bodies: unknown[] = [];
    server.refuse = (changes) => void bodies.push(...changes.map(({ fields }) => fields));
    const write = tab.todos.update('1', { title: 'uno', completed: false });
    assert.deepEqual(tab.titles(), ['uno']);
    assert.equal(tab.todos.isPending('1'), true);
    assert.equal(tab.client.pending().length, 1);
    await clock.advance(100);
    assert.deepEqual(bodies, [{ title: 'uno' }]);
    assert.equal((await write.synced).kind, 'confirmed');
    assert.equal(tab.client.pending().length, 0);
    assert.equal(tab.todos.isPending('1'), false);
  });

  test('an edit that changes nothing is not sent', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    const outcome = await tab.todos.update('1', { title: 'one' }).synced;
    await clock.advance(0);
    assert.equal(outcome.kind, 'confirmed');
    assert.ok(!server.requests.some((request) => request.startsWith('PUT')));
  });

  test('a refused edit is rolled back to what others have written meanwhile', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.refuse = (changes) => (changes.length > 0 ? { status: 403, code: 'FORBIDDEN', message: 'no' } : undefined);
    const write = tab.todos.update('1', { title: 'mine' });
    server.update('todos', '1', { title: 'theirs' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['theirs']);
    assert.deepEqual(tab.refusals, ['FORBIDDEN update']);
    assert.equal((await write.accepted).kind, 'refused');
  });

  test('a pending edit is shown over newer rows of others', async () => {
    server.insert('todos', '1', { title: 'one', note: '' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.reach(false);
    tab.todos.update('1', { title: 'mine' });
    await clock.advance(100);
    server.update('todos', '1', { title: 'theirs', note: 'theirs' });
    server.reach(true);
    await clock.advance(20_000);
    assert.deepEqual(tab.todos.rows.map(({ title, note }) => [title, note]), [['mine', 'theirs']]);
    assert.equal(server.collection('todos').get('1')!['title'], 'mine');
  });

  test('a lost answer is asked for again, and the mutation takes effect once', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.losesAnswers = true;
    server.closeSockets(1006);
    tab.todos.insert({ title: 'once' });
    await clock.advance(3_000);
    server.losesAnswers = false;
    await clock.advance(20_000);
    assert.deepEqual(tab.titles(), ['once']);
    assert.equal(server.collection('todos').size, 1);
  });

  test('ids of the server replace those of the client, also in mutations that wait', async () => {
    server.clientIds = false;
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.reach(false);
    const [id] = tab.todos.insert({ title: 'one' }).rowIds;
    tab.todos.update(id!, { title: 'uno' });
    tab.todos.insert({ title: 'child', parent: id });
    await clock.advance(100);
    server.reach(true);
    await clock.advance(20_000);
    assert.deepEqual(tab.titles(), ['child', 'uno']);
    const [child, parent] = tab.todos.rows;
    assert.equal(parent!.id, 'server-1');
    assert.equal(child!['parent'], 'server-1');
    assert.equal(tab.todos.keyOf('server-1'), id);
    assert.equal(tab.todos.get(id!)!.id, 'server-1');
  });

  test('edits of one row are sent in order, those of different rows at the same time', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.later = (deliver) => void clock.setTimeout(deliver, 100, server);
    const writes = () => server.requests.filter((request) => /^(POST|PUT|DELETE)/.test(request));
    const [first] = tab.todos.insert({ title: 'one' }).rowIds;
    tab.todos.update(first!, { title: 'uno' });
    tab.todos.insert({ title: 'child', parent: first });
    tab.todos.insert({ title: 'two' });
    await clock.advance(0);
    assert.deepEqual(writes(), ['POST api/default/todos', 'POST api/default/todos']);
    await clock.advance(100);
    assert.equal(writes().length, 4);
    await clock.advance(1_000);
    assert.equal(server.collection('todos').get(first!)!['title'], 'uno');
    tab.todos.delete(first!);
    tab.todos.insert({ title: 'uno' });
    await clock.advance(0);
    assert.equal(writes().at(-1), `DELETE api/default/todos/${first}`);
    await clock.advance(1_000);
    assert.deepEqual(tab.titles(), ['uno', 'child', 'two']);
  });

  test('with one request at a time, rows are inserted in the order of their edits', async () => {
    const tab = browser.open({ maxInFlight: 1 });
    tab.todos;
    await clock.advance(0);
    const answers: (() => void)[] = [];
    server.later = (deliver) => void answers.push(deliver);
    ['one', 'two', 'three'].forEach((title) => tab.todos.insert({ title }));
    await clock.advance(0);
    assert.equal(server.collection('todos').size, 1);
    server.later = queueMicrotask;
    answers.forEach((answer) => answer());
    await clock.advance(100);
    assert.deepEqual(tab.titles(), ['three', 'two', 'one']);
    assert.deepEqual(server.listed('todos').map(({ title }) => title), ['three', 'two', 'one']);
  });

  test('after a failure one mutation is tried at a time, with growing pauses', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.losesAnswers = true;
    for (let at = 0; at < 20; at++) tab.todos.insert({ title: `title ${at}` });
    await clock.advance(60_000);
    const writes = server.requests.filter((request) => request.startsWith('POST')).length;
    assert.ok(writes <= 6 + 15, String(writes));
    server.losesAnswers = false;
    await clock.advance(20_000);
    assert.equal(server.collection('todos').size, 20);
    assert.ok([...server.effects.values()].every((effects) => effects === 1));
  });

  test('edits of a row whose insert is refused are refused with it', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.refuse = () => ({ status: 400, code: 'VALIDATION_ERROR', message: 'title: too long' });
    const [id] = tab.todos.insert({ title: 'long' }).rowIds;
    tab.todos.update(id!, { title: 'longer' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), []);
    assert.deepEqual(tab.refusals.sort(), ['VALIDATION_ERROR insert', 'VALIDATION_ERROR update']);
    assert.equal(tab.client.pending().length, 0);
  });

  test('an edit of a row that is gone is refused, and its delete is confirmed', async () => {
    server.insert('todos', '1', { title: 'one' });
    server.insert('todos', '2', { title: 'two' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.reach(false);
    const edit = tab.todos.update('1', { title: 'uno' });
    const removal = tab.todos.delete('2');
    await clock.advance(100);
    server.delete('todos', '1');
    server.delete('todos', '2');
    server.reach(true);
    await clock.advance(20_000);
    assert.equal((await edit.synced).kind, 'refused');
    assert.equal((await removal.synced).kind, 'confirmed');
    assert.deepEqual(tab.refusals, ['NOT_FOUND update']);
  });

  test('changes of several collections are one mutation', async () => {
    const tab = browser.open();
    tab.todos;
    tab.client.collection('notes');
    await clock.advance(0);
    const shown: number[] = [];
    tab.todos.subscribe(() => shown.push(tab.client.collection('notes').rows.length));
    const write = tab.client.mutate([
      { kind: 'insert', collection: 'todos', fields: { title: 'one' } },
      { kind: 'insert', collection: 'notes', fields: { text: 'note' } },
    ]);
    await clock.advance(0);
    assert.equal((await write.synced).kind, 'confirmed');
    assert.equal(server.requests.filter((request) => request === 'POST api/default/mutations').length, 1);
    assert.equal(server.collection('notes').size, 1);
    assert.equal(tab.client.collection('notes').rows.length, 1);
  });

  test('a lost cursor makes it read the lists again, without an empty moment', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.closeSockets(1006);
    await clock.advance(0);
    server.insert('todos', '2', { title: 'two' });
    server.prune();
    const counts: number[] = [];
    tab.todos.subscribe(() => counts.push(tab.todos.rows.length));
    await clock.advance(20_000);
    assert.deepEqual(tab.titles(), ['two', 'one']);
    assert.ok(!counts.includes(0));
  });

  test('a frame that something in between left out is noticed with the next one', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.insert('todos', '1', { title: 'one' });
    await clock.advance(0);
    const [socket] = server.sockets;
    server.sockets.clear();
    server.insert('todos', '2', { title: 'unheard' });
    server.sockets.add(socket!);
    server.insert('todos', '3', { title: 'heard' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['heard', 'unheard', 'one']);
  });

  test('the same for the first frame of a socket', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    const [socket] = server.sockets;
    server.sockets.clear();
    server.insert('todos', '2', { title: 'unheard' });
    server.sockets.add(socket!);
    const lists = () => server.requests.filter((request) => request.startsWith('GET')).length;
    const before = lists();
    server.insert('todos', '3', { title: 'heard' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['heard', 'unheard', 'one']);
    server.insert('todos', '4', { title: 'last' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), ['last', 'heard', 'unheard', 'one']);
    assert.equal(lists(), before + 1);
  });

  test('a purge drops the rows and reads the list again', async () => {
    server.insert('todos', '1', { title: 'one' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    server.collection('todos').delete('1');
    server.send({ type: 'purge', collection: 'todos' });
    await clock.advance(0);
    assert.deepEqual(tab.titles(), []);
    assert.equal(tab.todos.state, 'listed');
  });

  test('a socket that went silent is replaced', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    const [first] = tab.sockets;
    first!.send = () => {};
    await clock.advance(29_000);
    assert.equal(tab.client.status.state, 'live');
    await clock.advance(2_000);
    assert.equal(tab.client.status.state, 'live');
    assert.equal(tab.sockets.size, 2);
  });

  test('clients with the same options share the room and its socket, until the last is closed', async () => {
    const tab = browser.open();
    const other = createClient(tab.options);
    assert.equal(other.collection('todos'), tab.todos);
    await clock.advance(0);
    assert.equal(server.sockets.size, 1);
    await tab.client.close();
    await assert.rejects(tab.client.flush(), /closed/);
    assert.equal(server.sockets.size, 1);
    await other.close();
    assert.equal(server.sockets.size, 0);
  });

  test('a position of the future is awaited', async () => {
    const tab = browser.open();
    tab.todos;
    await clock.advance(0);
    let reached = false;
    void tab.client.awaitSeq(server.head + 1).then(() => (reached = true));
    await clock.advance(0);
    assert.equal(reached, false);
    server.insert('todos', '1', { title: 'one' });
    await clock.advance(0);
    assert.equal(reached, true);
  });

  test('the server refuses the caller: nothing is tried until the application says so', async () => {
    server.refuse = () => ({ status: 403, code: 'FORBIDDEN', message: 'no' });
    const tab = browser.open();
    tab.todos;
    await clock.advance(60_000);
    assert.deepEqual(tab.client.status.reason, { code: 'FORBIDDEN', message: 'no' });
    assert.equal(tab.client.status.state, 'refused');
    const requests = server.requests.length;
    await clock.advance(60_000);
    assert.equal(server.requests.length, requests);
    server.refuse = () => undefined;
    tab.client.reconnect();
    await clock.advance(1_000);
    assert.equal(tab.client.status.state, 'live');
  });
});
