// The browser build of @lockstep/client, as each application serves it, on a page without anything else.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { BASE_URL, listedTitles, openWindow, startBrowser, uniqueTitle, WAIT_MILLIS_MAX } from './windows.mjs';

const APPLICATION = `${BASE_URL}/todo-app/`;
const PAGE = 'client-test.html';
const QUEUED = 1_000;
const HOUR_MILLIS = 3_600_000;

/** Kills and starts the server, where the tests may. */
const CONTROL_URL = process.env.CONTROL_URL;
const RESTART_MILLIS_MAX = 120_000;

const LOST = [
  /ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/, /ERR_ABORTED/, /ERR_CONNECTION_/, /ERR_EMPTY_RESPONSE/, /ERR_SOCKET_NOT_CONNECTED/,
  /status of (400|503)/, /answer: (400|503)/, /Unexpected response code: 503/,
];

/** The ways in which browsers give a page no IndexedDB. */
const WITHOUT_INDEXEDDB = {
  'has none': () => Object.defineProperty(globalThis, 'indexedDB', { value: undefined }),
  'throws': () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
  },
  'fails later': () => {
    IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      request.error = new DOMException('A mutation operation was attempted.', 'InvalidStateError');
      setTimeout(() => request.onerror(new Event('error')));
      return request;
    };
  },
};

describe('the client', () => {
  let browser, title, script, windows;

  before(async () => {
    browser = await startBrowser();
    script = await (await fetch(`${APPLICATION}lockstep/client.js`)).text();
  });
  after(() => browser.close());

  beforeEach(() => {
    title = uniqueTitle('client');
    windows = [];
  });
  afterEach(async () => {
    await removeAll(title);
    for (const window of windows) await window.close();
  });

  /** The page and its script are there without a network, as with a service worker. */
  const serve = async (page) => {
    await page.route(`**/${PAGE}`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>client</title>' }));
    await page.route('**/lockstep/client.js', (route) => route.fulfill({ contentType: 'text/javascript', body: script }));
  };
  const open = async (page, options = {}) => {
    await page.evaluate(async (given) => {
      const { createClient } = await import('./lockstep/client.js');
      const client = createClient({ url: './', ...given });
      const todos = client.collection('todos');
      const refusals = [];
      client.onRefused((refusal) => refusals.push(refusal));
      globalThis.test = { client, todos, refusals };
    }, options);
    return page;
  };
  const openPage = async ({ options, prepare, ...how } = {}) => {
    const window = await openWindow(browser, `/todo-app/${PAGE}`, {
      expected: LOST,
      before: async (page) => {
        await serve(page);
        if (prepare) await page.addInitScript(prepare.script, prepare.argument);
        if (prepare?.quotaSize) await limitStorage(page, prepare.quotaSize);
      },
      ...how,
    });
    windows.push(window);
    await open(window.page, options);
    await window.page.waitForFunction(() => test.client.status.state === 'live');
    return window;
  };
  /** Another tab of a window's browser. */
  const openTab = async ({ context }) => {
    const page = await context.newPage();
    await serve(page);
    await page.goto(`${BASE_URL}/todo-app/${PAGE}`);
    await open(page);
    await page.waitForFunction(() => test.client.status.state === 'live');
    return page;
  };
  const titles = (page) =>
    page.evaluate((part) => test.todos.rows.map((row) => row.title).filter((each) => each.includes(part)), title);
  const showing = (page, wanted) =>
    page.waitForFunction(
      ([part, expected]) =>
        JSON.stringify(test.todos.rows.map((row) => row.title).filter((each) => each.includes(part))) === expected,
      [title, JSON.stringify(wanted)],
    );
  const insert = (page, text) => page.evaluate((wanted) => test.todos.insert({ title: wanted }).rowIds[0], text);
  const waiting = (page, count, timeout = WAIT_MILLIS_MAX) =>
    page.waitForFunction((wanted) => test.client.pending().length === wanted, count, { timeout, polling: 50 });
  const settled = (page) => page.evaluate(() => test.client.flush());

  test('two windows show the same rows', async () => {
    const [left, right] = [await openPage(), await openPage()];
    const id = await insert(left.page, title);
    assert.deepEqual(await titles(left.page), [title]);
    await showing(right.page, [title]);
    await right.page.evaluate((row) => test.todos.update(row, { title: `${test.todos.get(row).title} edited` }), id);
    await showing(left.page, [`${title} edited`]);
    await left.page.evaluate((row) => test.todos.delete(row), id);
    await showing(right.page, []);
  });

  test('edits made offline are shown, and sent once when the network is back', async () => {
    const [left, right] = [await openPage({ options: { maxInFlight: 1 } }), await openPage()];
    await left.context.setOffline(true);
    await left.page.waitForFunction(() => test.client.status.state === 'offline');
    const id = await insert(left.page, `${title} 1`);
    await left.page.evaluate((row) => test.todos.update(row, { completed: true }), id);
    await insert(left.page, `${title} 2`);
    await insert(right.page, `${title} of another`);
    assert.deepEqual(await titles(left.page), [`${title} 2`, `${title} 1`]);
    await left.context.setOffline(false);
    await settled(left.page);
    await showing(left.page, [`${title} 2`, `${title} 1`, `${title} of another`]);
    await showing(right.page, [`${title} 2`, `${title} 1`, `${title} of another`]);
    assert.equal(await right.page.evaluate((row) => test.todos.get(row).completed, id), true);
  });

  test('a full outbox survives a reload, and a server that is killed while it is sent: each change takes effect once', async () => {
    const { page, context } = await openPage();
    await context.setOffline(true);
    await page.waitForFunction(() => test.client.status.state === 'offline');
    await page.evaluate(
      ([part, count]) => {
        for (let at = 0; at < count; at++) test.todos.insert({ title: `${part} ${at}` });
      },
      [title, QUEUED],
    );
    await waiting(page, QUEUED);
    await page.evaluate(() => test.client.close()); // what was written last is kept
    await page.reload();
    await open(page);
    await waiting(page, QUEUED);
    assert.equal((await titles(page)).length, QUEUED);
    await context.setOffline(false);
    await page.waitForFunction((count) => test.client.pending().length < count, QUEUED - 100, { polling: 10 });
    if (CONTROL_URL) {
      await fetch(`${CONTROL_URL}/kill`, { method: 'POST' });
      assert.ok((await page.evaluate(() => test.client.pending().length)) > 0);
      await fetch(`${CONTROL_URL}/start`, { method: 'POST' });
    }
    await waiting(page, 0, RESTART_MILLIS_MAX);
    const stored = await listedTitles('todo-app', title);
    assert.equal(stored.length, QUEUED);
    assert.equal(new Set(stored).size, QUEUED);
    await page.waitForFunction(() => test.client.status.state === 'live');
  });

  test('tabs share one outbox and its order; when the tab that sends is closed, another one sends', async () => {
    const leading = await openPage();
    const tabs = [await openTab(leading), await openTab(leading)];
    await leading.context.setOffline(true);
    const all = [leading.page, ...tabs];
    await Promise.all(all.map((page, at) => insert(page, `${title} ${at}`)));
    for (const page of all) await waiting(page, 3);
    const order = await titles(leading.page);
    for (const page of tabs) await showing(page, order);
    await tabs[0].evaluate((part) => {
      for (let at = 3; at < 60; at++) test.todos.insert({ title: `${part} ${at}` });
    }, title);
    await waiting(leading.page, 60);
    await leading.context.setOffline(false);
    await leading.page.waitForFunction(() => test.client.pending().length < 60, undefined, { polling: 1 });
    await leading.page.close();
    for (const page of tabs) await waiting(page, 0);
    const stored = await listedTitles('todo-app', title);
    assert.equal(new Set(stored).size, 60);
    for (const page of tabs) await showing(page, stored);
  });

  test('a full storage is said, and changes are sent all the same', async () => {
    const script = () => {
      // Chromium compresses a change, and lets a small one pass: this padding is neither.
      const padding = new Uint8Array(2_000_000);
      for (let at = 0; at < padding.length; at += 65_536) crypto.getRandomValues(padding.subarray(at, at + 65_536));
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = function (value) {
        return add.call(this, { ...value, padding });
      };
    };
    const [full, other] = [await openPage({ prepare: { script, quotaSize: 1_000_000 } }), await openPage()];
    await insert(full.page, title);
    await full.page.waitForFunction(() => test.client.status.storageReason === 'quota');
    await showing(other.page, [title]);
    await settled(full.page);
    assert.equal(await full.page.evaluate(() => test.client.status.storage), 'memory');
  });

  for (const [how, script] of Object.entries(WITHOUT_INDEXEDDB)) {
    test(`a browser whose IndexedDB ${how} keeps nothing, says so, and is live`, async () => {
      const { page } = await openPage({ prepare: { script } });
      await insert(page, title);
      await settled(page);
      const { storage, storageReason } = await page.evaluate(() => test.client.status);
      assert.deepEqual([storage, storageReason], ['memory', 'unavailable']);
      assert.deepEqual(await listedTitles('todo-app', title), [title]);
    });
  }

  test('clocks that are an hour off change neither order nor result', async () => {
    const clock = (off) => ({
      script: (millis) => {
        const { now } = Date;
        Date.now = () => now() + millis;
      },
      argument: off,
    });
    const [ahead, behind] = [await openPage({ prepare: clock(HOUR_MILLIS) }), await openPage({ prepare: clock(-HOUR_MILLIS) })];
    const id = await insert(ahead.page, `${title} 1`);
    await settled(ahead.page);
    await insert(behind.page, `${title} 2`);
    await settled(behind.page);
    await showing(ahead.page, [`${title} 2`, `${title} 1`]);
    await ahead.page.evaluate((row) => test.todos.update(row, { title: `${test.todos.get(row).title} first` }).synced, id);
    await behind.page.evaluate((row) => test.todos.update(row, { completed: true }).synced, id);
    for (const { page } of [ahead, behind]) {
      await showing(page, [`${title} 2`, `${title} 1 first`]);
      await page.waitForFunction((row) => test.todos.get(row).completed, id);
    }
  });

  test('changes of two collections commit together or not at all', async () => {
    const { page } = await openPage();
    const both = (part, length) =>
      page.evaluate(
        async ([text, wanted]) => {
          const changes = [
            { kind: 'insert', collection: 'todos', fields: { title: text } },
            { kind: 'insert', collection: 'notes', fields: { title: text.padEnd(wanted, '.') } },
          ];
          return test.client.mutate(changes).synced;
        },
        [part, length],
      );
    const confirmed = await both(title, 0);
    assert.equal(confirmed.kind, 'confirmed');
    assert.deepEqual(await listedTitles('todo-app', title), [title]);
    assert.ok((await page.evaluate(() => test.client.seq)) >= confirmed.seq);
    const { kind, refusal } = await both(`${title} long`, 501);
    assert.equal(kind, 'refused');
    assert.deepEqual(refusal.issues.map(({ path }) => path), [['1', 'title']]);
    assert.deepEqual(await titles(page), [title]);
    await page.evaluate(async () => test.client.collection('notes').refetch());
    await page.evaluate((part) => {
      const notes = test.client.collection('notes');
      notes.rows.filter((row) => row.title.includes(part)).forEach((row) => notes.delete(row.id));
      return test.client.flush();
    }, title);
  });

  test('a refused write is rolled back, with the code and the field of the server', async () => {
    const { page } = await openPage();
    await insert(page, `${title} ${'x'.repeat(500)}`);
    await page.waitForFunction(() => test.refusals.length === 1);
    const [refusal] = await page.evaluate(() => test.refusals);
    assert.equal(refusal.code, 'VALIDATION_ERROR');
    assert.deepEqual(refusal.issues.map(({ path }) => path), [['title']]);
    assert.deepEqual(await titles(page), []);
  });

  test('rows of an earlier visit are shown before the network answers', async () => {
    const { page, context } = await openPage();
    await insert(page, title);
    await settled(page);
    await page.evaluate(() => test.client.close());
    await context.setOffline(true);
    await page.reload();
    await open(page);
    await showing(page, [title]);
    assert.equal(await page.evaluate(() => test.todos.state), 'stored');
    await context.setOffline(false);
    await page.waitForFunction(() => test.client.status.state === 'live');
  });
});

/** The browser keeps at most so many bytes of the server's pages. It must be said before a page stores anything. */
async function limitStorage(page, quotaSize) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send('Storage.overrideQuotaForOrigin', { origin: new URL(BASE_URL).origin, quotaSize });
}

/** Removes what a test made, a hundred rows at a time. */
async function removeAll(part) {
  const address = `${APPLICATION}api/default/todos`;
  const { todos } = await (await fetch(address)).json();
  const ids = todos.filter(({ title }) => title.includes(part)).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += 100) {
    const body = JSON.stringify({ ids: ids.slice(at, at + 100) });
    await fetch(`${address}/bulk`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body });
  }
}
