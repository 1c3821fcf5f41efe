import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { startForwarder } from './forwarder.mjs';
import { openOriginalClient } from './original-client.mjs';
import { BASE_URL, WAIT_MILLIS_MAX, uniqueTitle } from './windows.mjs';

const LOOK_AGAIN_MILLIS = 10;

/** On a busy machine the first dial may fail, and the client waits for seconds before the next. */
const LIVE_MILLIS_MAX = 45_000;

/** Longest time that a killed server takes to be back, on a busy machine. */
const RESTART_MILLIS_MAX = 120_000;

/** Address at which the server can be killed and started; absent when the tests are run by hand. */
const CONTROL_URL = process.env.CONTROL_URL;

async function until(condition, patienceMillis = WAIT_MILLIS_MAX) {
  for (const end = Date.now() + patienceMillis; !condition(); ) {
    assert.ok(Date.now() < end, `in vain: ${condition}`);
    await pause(LOOK_AGAIN_MILLIS);
  }
}

const titles = (rows, part) => rows.map(({ title }) => title).filter((title) => title.includes(part));

/** Two tabs of one example, with its original front end's configuration. */
function twoTabs(example) {
  const tabs = { mark: '', left: null, right: null, forwarder: null, open: null };
  beforeEach(async () => {
    tabs.mark = uniqueTitle('original');
    tabs.forwarder = await startForwarder(`${BASE_URL}/${example}`);
    tabs.opened = [];
    tabs.open = (where) => {
      const client = openOriginalClient({ host: tabs.forwarder.host, ...where });
      tabs.opened.push(client);
      return client;
    };
    tabs.left = tabs.open();
    tabs.right = tabs.open();
  });
  afterEach(async () => {
    tabs.opened.forEach((client) => client.close());
    await tabs.forwarder.close();
  });
  return tabs;
}

/** The collection in both tabs, read and subscribed. */
async function inBoth({ left, right }, name, how) {
  const both = [left, right].map((client) => client.useCollection(name, how));
  await until(
    () => left.isLive() && right.isLive() && both.every((each) => each.state().status === 'success'),
    LIVE_MILLIS_MAX,
  );
  return both;
}

describe("the original's client on todo-app", () => {
  const tabs = twoTabs('todo-app');

  test('changes in one tab appear in the other', async () => {
    const [mine, theirs] = await inBoth(tabs, 'todos');
    await mine.add({ title: tabs.mark });
    await until(() => titles(theirs.rows(), tabs.mark).length === 1);
    const { id } = theirs.rows().find(({ title }) => title === tabs.mark);
    await theirs.update(id, { completed: true });
    await until(() => mine.rows().find((row) => row.id === id).completed);
    await mine.remove(id);
    await until(() => !theirs.rows().some((row) => row.id === id));
    assert.deepEqual([...tabs.left.errors, ...tabs.right.errors], []);
  });

  test('[CC1][CC2] a client of 0.25 and later stays connected, and its rows keep its ids', async () => {
    const newer = tabs.open({ pingEveryMillis: 200 });
    const mine = newer.useCollection('todos');
    const [theirs] = await inBoth(tabs, 'todos');
    await until(() => newer.isLive() && mine.state().status === 'success', LIVE_MILLIS_MAX);
    const added = mine.add({ title: tabs.mark });
    await until(() => titles(mine.rows(), tabs.mark).length === 1);
    const { id } = mine.rows().find(({ title }) => title === tabs.mark); // usually before the answer
    await added;
    await mine.addMany([{ title: `${tabs.mark} 1` }, { title: `${tabs.mark} 2` }]);
    await until(() => titles(theirs.rows(), tabs.mark).length === 3);
    assert.equal(theirs.rows().find(({ title }) => title === tabs.mark).id, id);
    assert.deepEqual(
      mine.rows().filter(({ title }) => title.includes(tabs.mark)).map((row) => row.id).sort(),
      theirs.rows().filter(({ title }) => title.includes(tabs.mark)).map((row) => row.id).sort(),
    );
    await until(() => newer.liveness.pongs >= 5);
    await assert.rejects(mine.update('no-such-row', { title: 'x' }), ({ status }) => status === 404);
    assert.equal(newer.liveness.opened, 1);
  });

  test('notes are live beside todos', async () => {
    const [mine, theirs] = await inBoth(tabs, 'notes');
    await mine.add({ title: tabs.mark, content: 'text' });
    await until(() => titles(theirs.rows(), tabs.mark).length === 1);
    const [{ id, ...rest }] = theirs.rows();
    assert.deepEqual(Object.keys(rest), ['title', 'content', 'createdAt', 'updatedAt']);
    await theirs.remove(id);
  });

  test('[MUT9] a lost answer leads to a repeat with the same id, and makes no second row', async () => {
    const [mine, theirs] = await inBoth(tabs, 'todos');
    let lost = 0;
    tabs.forwarder.loseAnswers(({ method }) => method === 'POST' && lost++ === 0);
    await mine.add({ title: tabs.mark });
    tabs.forwarder.loseAnswers(() => false);
    const ids = tabs.forwarder.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body)._clientMutationId);
    assert.equal(ids.length, 2);
    assert.equal(new Set(ids).size, 1);
    await until(() => titles(theirs.rows(), tabs.mark).length === 1);
    const { todos } = await (await fetch(`http://${tabs.forwarder.host}/api/default/todos`)).json();
    assert.deepEqual(titles(todos, tabs.mark), [tabs.mark]);
    await mine.remove(todos.find(({ title }) => title === tabs.mark).id);
  });

  test('[CFS2] a permanent refusal is rolled back at once, and not repeated', async () => {
    const [mine] = await inBoth(tabs, 'todos');
    await assert.rejects(mine.add({ title: null }), { status: 400, message: /^title: / });
    assert.equal(tabs.forwarder.requests.filter(({ method }) => method === 'POST').length, 1);
    assert.ok(!mine.rows().some(({ title }) => title === null));
  });

  test('[APP7] complete-all completes every todo in every tab with one broadcast', async () => {
    const [mine, theirs] = await inBoth(tabs, 'todos');
    for (const number of [1, 2, 3]) await mine.add({ title: `${tabs.mark} ${number}` });
    await until(() => titles(theirs.rows(), tabs.mark).length === 3);
    tabs.right.frames.length = 0;

    const response = await fetch(`http://${tabs.forwarder.host}/api/complete-all`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { success, updatedTodos, ...rest } = await response.json();

    assert.equal(success, true);
    assert.deepEqual(rest, {});
    assert.ok(titles(updatedTodos, tabs.mark).length === 3 && updatedTodos.every(({ completed }) => completed));
    await until(() => theirs.rows().every(({ completed }) => completed) && mine.rows().every(({ completed }) => completed));
    const [frame] = tabs.right.frames.filter(({ action }) => action === 'bulk-update');
    assert.equal(tabs.right.frames.length, 1);
    assert.deepEqual(frame.payload, updatedTodos);
    assert.ok(!('clientMutationId' in frame) && !('scope' in frame));
    await Promise.all(updatedTodos.filter(({ title }) => title.includes(tabs.mark)).map(({ id }) => mine.remove(id)));
  });

  test('[OPS4] clients reconnect to a killed server, and acknowledged rows are there', { skip: !CONTROL_URL }, async () => {
    const [mine, theirs] = await inBoth(tabs, 'todos');
    await mine.add({ title: `${tabs.mark} before` });
    await until(() => titles(theirs.rows(), tabs.mark).length === 1);

    await fetch(`${CONTROL_URL}/kill`, { method: 'POST' });
    await until(() => !tabs.left.isLive() && !tabs.right.isLive());
    const dead = mine.add({ title: `${tabs.mark} while it was dead` });
    await assert.rejects(dead, { status: 0 }); // three repeats, then a rollback
    assert.deepEqual(titles(mine.rows(), tabs.mark), [`${tabs.mark} before`]);
    await fetch(`${CONTROL_URL}/start`, { method: 'POST' });

    await until(() => tabs.left.isLive() && tabs.right.isLive(), RESTART_MILLIS_MAX);
    await theirs.add({ title: `${tabs.mark} after` });
    const expected = [`${tabs.mark} after`, `${tabs.mark} before`];
    await until(() => titles(mine.rows(), tabs.mark).length === 2);
    assert.deepEqual(titles(mine.rows(), tabs.mark), expected);
    await until(() => titles(theirs.rows(), tabs.mark).length === 2);
    assert.deepEqual(titles(theirs.rows(), tabs.mark), expected);
  });
});

describe("the original's client on bulk-todo", () => {
  const tabs = twoTabs('bulk-todo');

  test('many todos are added, changed and removed with one request each, in one order everywhere', async () => {
    const [mine, theirs] = await inBoth(tabs, 'todos');
    const items = Array.from({ length: 30 }, (_, at) => ({ title: `${tabs.mark} ${at}` }));
    const { data } = await mine.addMany(items);
    assert.deepEqual(titles(data, tabs.mark), items.map(({ title }) => title));
    await until(() => titles(theirs.rows(), tabs.mark).length === 30);

    await mine.updateMany(data.slice(0, 10).map(({ id }) => ({ id, data: { completed: true } })));
    await until(() => theirs.rows().filter(({ title, completed }) => title.includes(tabs.mark) && completed).length === 10);
    const { todos } = await (await fetch(`http://${tabs.forwarder.host}/api/default/todos`)).json();
    assert.deepEqual(theirs.rows(), todos);
    assert.deepEqual(mine.rows(), todos);

    await theirs.removeMany(data.map(({ id }) => id));
    await until(() => titles(mine.rows(), tabs.mark).length === 0);
    const writes = tabs.forwarder.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
    assert.deepEqual(writes, ['POST', 'PUT', 'DELETE']);
    assert.deepEqual([...tabs.left.errors, ...tabs.right.errors], []);
  });
});

describe("the original's client on scoped-todos-app", () => {
  const tabs = twoTabs('scoped-todos-app');

  test('a list has its own todos, which are deleted with it', async () => {
    const [lists, theirLists] = await inBoth(tabs, 'lists');
    const { data: one } = await lists.add({ name: tabs.mark, color: 'blue' });
    const { data: other } = await lists.add({ name: `${tabs.mark} other`, color: 'green' });
    await until(() => theirLists.rows().some(({ id }) => id === other.id));
    assert.deepEqual(Object.keys(one), ['id', 'name', 'color', 'createdAt']);

    // Each tab shows one list at a time: its hooks name the scope.
    const [mine, theirs] = [tabs.open({ scope: one.id }), tabs.open({ scope: one.id })].map((client) => ({
      client,
      todos: client.useCollection('scopedTodos', { scope: one.id }),
    }));
    const elsewhere = tabs.open({ scope: other.id });
    const othersTodos = elsewhere.useCollection('scopedTodos', { scope: other.id });
    await until(() => [mine.client, theirs.client, elsewhere].every((client) => client.isLive()), LIVE_MILLIS_MAX);

    const { data: todo } = await mine.todos.add({ title: tabs.mark });
    assert.deepEqual(Object.keys(todo), ['id', 'scope', 'title', 'completed', 'createdAt', 'updatedAt']);
    assert.equal(todo.scope, one.id);
    await until(() => theirs.todos.rows().length === 1);
    await othersTodos.add({ title: `${tabs.mark} elsewhere` });
    await theirs.todos.update(todo.id, { completed: true });
    await until(() => mine.todos.rows()[0].completed);
    assert.deepEqual(titles(mine.todos.rows(), tabs.mark), [tabs.mark]);
    assert.deepEqual(titles(othersTodos.rows(), tabs.mark), [`${tabs.mark} elsewhere`]);

    await lists.remove(one.id);
    await until(() => !theirLists.rows().some(({ id }) => id === one.id));
    await until(() => mine.todos.rows().length === 0 && theirs.todos.rows().length === 0);
    assert.deepEqual(titles(othersTodos.rows(), tabs.mark), [`${tabs.mark} elsewhere`]);
    const { scopedTodos } = await (await fetch(`http://${tabs.forwarder.host}/api/default/scopedTodos`)).json();
    assert.deepEqual(titles(scopedTodos, tabs.mark), [`${tabs.mark} elsewhere`]);

    await lists.remove(other.id);
    assert.deepEqual(tabs.opened.flatMap((client) => client.errors), []);
  });

  // A frame changes the list of its scope; without a scope, that of the live hook. A new row's frame always has the
  // row's scope: otherwise it would be put into the list of any other scope that a tab shows.
  test('[COL19][CFS21] each write reaches the lists of its scope', async () => {
    const [lists] = await inBoth(tabs, 'lists');
    const { data: list } = await lists.add({ name: tabs.mark, color: 'blue' });
    const writers = {
      'with a scope': tabs.left.useCollection('scopedTodos', { scope: list.id }),
      'without a scope': tabs.right.useCollection('scopedTodos'),
    };
    const before = [];
    for (const number of [1, 2, 3, 4]) {
      before.push((await writers['with a scope'].add({ title: `${tabs.mark} ${number}` })).data.id);
    }
    const view = (where, how) => {
      const client = tabs.open(where);
      return { client, todos: client.useCollection('scopedTodos', how) };
    };
    const views = {
      'of a scope': view({ scope: list.id }, { scope: list.id }),
      'of all': view(),
      'of all, scopes=all': view({ query: { scopes: 'all' } }),
    };
    const each = Object.entries(views);
    const isReady = ({ client, todos }) => client.isLive() && todos.state().status === 'success';
    await until(() => each.every(([, one]) => isReady(one)), LIVE_MILLIS_MAX);

    const heard = {};
    for (const [which, todos] of Object.entries(writers)) {
      const writes = {
        add: async () => (await todos.add({ title: tabs.mark, scope: list.id })).data.id,
        update: async (id) => (await todos.update(id, { completed: true })).data.id,
        remove: async (id) => (await todos.remove(id)) && id,
      };
      for (const [what, write] of Object.entries(writes)) {
        const id = await write(what === 'add' ? undefined : before.pop());
        // Frames come in order: after this one, the frame of the write has arrived.
        const name = uniqueTitle('after it');
        await lists.update(list.id, { name });
        await until(() => each.every(([, { client }]) => client.frames.some(({ payload }) => payload?.name === name)));
        const { scopedTodos } = await (await fetch(`http://${tabs.forwarder.host}/api/default/scopedTodos`)).json();
        const rowOf = (rows) => JSON.stringify(rows.find((row) => row.id === id));
        heard[`${what} ${which}`] = each
          .filter(([, one]) => rowOf(one.todos.rows()) === rowOf(scopedTodos))
          .map(([name]) => name);
      }
    }

    const cured = ['of a scope', 'of all, scopes=all'];
    assert.deepEqual(heard, {
      'add with a scope': cured,
      'update with a scope': cured,
      'remove with a scope': cured,
      'add without a scope': cured,
      'update without a scope': Object.keys(views),
      'remove without a scope': Object.keys(views),
    });
    await lists.remove(list.id);
    assert.deepEqual(tabs.opened.flatMap((client) => client.errors), []);
  });

  test('[CFS33] lists of a client of 0.25 and later show each write, with a scope or without', async () => {
    const [lists] = await inBoth(tabs, 'lists');
    const [{ data: one }, { data: other }] = [
      await lists.add({ name: tabs.mark, color: 'blue' }),
      await lists.add({ name: `${tabs.mark} other`, color: 'green' }),
    ];
    const ofOne = tabs.left.useCollection('scopedTodos', { scope: one.id });
    const ofAll = tabs.right.useCollection('scopedTodos');
    const newer = tabs.open({ pingEveryMillis: 200 });
    const shown = [undefined, one.id, other.id].map((scope) => ({ scope, list: newer.useCollection('scopedTodos', { scope }) }));
    await until(
      () => newer.isLive() && newer.liveness.pongs > 0 && shown.every(({ list }) => list.state().status === 'success'),
      LIVE_MILLIS_MAX,
    );

    const { data: row } = await ofOne.add({ title: tabs.mark });
    const { data: another } = await ofAll.add({ title: `${tabs.mark} another`, scope: other.id });
    const ids = [row.id, another.id];
    const writes = [
      () => ofOne.update(row.id, { completed: true }),
      () => ofAll.update(row.id, { title: `${tabs.mark} changed` }),
      () => ofAll.updateMany(ids.map((id) => ({ id, data: { completed: false } }))),
      () => ofAll.updateMany([{ id: row.id, data: { scope: other.id } }]),
      () => ofAll.removeMany(ids),
    ];
    const mine = (rows) => rows.filter(({ id }) => ids.includes(id)).map((each) => JSON.stringify(each)).sort();
    for (const write of writes) {
      await write();
      for (const { scope, list } of shown) {
        const query = scope === undefined ? '' : `?scope=${scope}`;
        const answer = await fetch(`http://${tabs.forwarder.host}/api/default/scopedTodos${query}`);
        const stored = mine((await answer.json()).scopedTodos);
        await until(() => JSON.stringify(mine(list.rows())) === JSON.stringify(stored));
      }
    }
    await lists.removeMany([one.id, other.id]);
    assert.deepEqual(tabs.opened.flatMap((client) => client.errors), []);
  });
});

/** One tab for each user of an example, with its original front end's configuration. */
function tabsOf(example, placeOf) {
  const tabs = { mark: '', forwarder: null };
  beforeEach(async () => {
    tabs.mark = uniqueTitle('original');
    tabs.forwarder = await startForwarder(`${BASE_URL}/${example}`);
    tabs.opened = [];
  });
  afterEach(async () => {
    tabs.opened.forEach((client) => client.close());
    await tabs.forwarder.close();
  });
  tabs.open = async (user) => {
    const client = openOriginalClient({ host: tabs.forwarder.host, party: 'todos', user, ...placeOf(user) });
    tabs.opened.push(client);
    const todos = client.useCollection('todos', { scope: placeOf(user).scope });
    await until(() => client.isLive() && todos.state().status === 'success', LIVE_MILLIS_MAX);
    return { client, todos };
  };
  return tabs;
}

describe("the original's client on auth-todo-app", () => {
  const tabs = tabsOf('auth-todo-app', (user) => ({ syncId: user }));

  test('[ACC4] a user has a list of its own, and receives nothing of other users', async () => {
    const [admin, elsewhere, user] = [await tabs.open('admin'), await tabs.open('admin'), await tabs.open('user')];
    const { data } = await admin.todos.add({ title: tabs.mark });
    assert.deepEqual(Object.keys(data), ['id', 'owner_id', 'title', 'completed', 'createdAt', 'updatedAt']);
    await until(() => titles(elsewhere.todos.rows(), tabs.mark).length === 1);
    await user.todos.add({ title: `${tabs.mark} of the user` });
    await until(() => user.client.frames.some(({ payload }) => payload?.title === `${tabs.mark} of the user`));
    assert.deepEqual(titles(user.todos.rows(), tabs.mark), [`${tabs.mark} of the user`]);
    assert.ok(!user.client.frames.some(({ payload }) => payload?.id === data.id));
    await admin.todos.remove(data.id);
    assert.deepEqual(tabs.opened.flatMap((client) => client.errors), []);
  });
});

describe("the original's client on project-roles-todo-app", () => {
  const tabs = tabsOf('project-roles-todo-app', () => ({ syncId: 'project:demo-project', scope: 'demo-project' }));

  test("[ACC7] a viewer's forbidden change is rolled back at the first answer; an editor's change is shown", async () => {
    const [editor, viewer, admin] = [await tabs.open('editor'), await tabs.open('user'), await tabs.open('admin')];
    const { data } = await editor.todos.add({ title: tabs.mark });
    assert.deepEqual(Object.keys(data), ['id', 'project_id', 'scope', 'ownerId', 'title', 'completed', 'createdAt']);
    await until(() => titles(viewer.todos.rows(), tabs.mark).length === 1);

    const asked = () => tabs.forwarder.requests.filter(({ method }) => method !== 'GET').length;
    const before = asked();
    const forbidden = [
      () => viewer.todos.add({ title: `${tabs.mark} forbidden` }),
      () => viewer.todos.update(data.id, { completed: true }),
      () => viewer.todos.remove(data.id),
      () => viewer.todos.addMany([{ title: `${tabs.mark} forbidden` }]),
      () => viewer.todos.updateMany([{ id: data.id, data: { completed: true } }]),
      () => viewer.todos.removeMany([data.id]),
    ];
    for (const each of forbidden) {
      await assert.rejects(each, ({ status, message }) => status === 403 && message.startsWith('Forbidden: '));
    }
    assert.equal(asked(), before + forbidden.length);
    assert.deepEqual(titles(viewer.todos.rows(), tabs.mark), [tabs.mark]);
    assert.equal(viewer.todos.rows().find(({ id }) => id === data.id).completed, false);
    await admin.todos.remove(data.id);
    await until(() => titles(viewer.todos.rows(), tabs.mark).length === 0);
  });
});
