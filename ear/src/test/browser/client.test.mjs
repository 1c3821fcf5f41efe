// The browser build of @lockstep/client, as each application serves it, on a page without anything else.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { BASE_URL, listedTitles, openWindow, startBrowser, uniqueTitle } from './windows.mjs';

const APPLICATION = `${BASE_URL}/todo-app/`;
const PAGE = 'client-test.html';
const QUEUED = 300;

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
  const openPage = async ({ options, ...how } = {}) => {
    const window = await openWindow(browser, `/todo-app/${PAGE}`, {
      expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/, /ERR_ABORTED/, /status of 400/, /answer: 400/],
      before: serve,
      ...how,
    });
    windows.push(window);
    await open(window.page, options);
    await window.page.waitForFunction(() => test.client.status.state === 'live');
    return window;
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

  test('a full outbox survives a reload without a network', async () => {
    const { page, context } = await openPage();
    await context.setOffline(true);
    await page.waitForFunction(() => test.client.status.state === 'offline');
    await page.evaluate(
      ([part, count]) => {
        for (let at = 0; at < count; at++) test.todos.insert({ title: `${part} ${at}` });
      },
      [title, QUEUED],
    );
    await page.waitForFunction((count) => test.client.pending().length === count, QUEUED);
    await page.evaluate(() => test.client.close()); // what was written last is kept
    await page.reload();
    await open(page);
    await page.waitForFunction((count) => test.client.pending().length === count, QUEUED);
    assert.equal((await titles(page)).length, QUEUED);
    await context.setOffline(false);
    await page.waitForFunction(() => test.client.pending().length === 0, undefined, { timeout: 60_000, polling: 50 });
    const stored = await listedTitles('todo-app', title);
    assert.equal(stored.length, QUEUED);
    assert.equal(new Set(stored).size, QUEUED);
    await page.waitForFunction(() => test.client.status.state === 'live');
  });

  test('two tabs share one outbox, and the one that stays sends it', async () => {
    const first = await openPage();
    const second = await first.context.newPage();
    await serve(second);
    await second.goto(`${BASE_URL}/todo-app/${PAGE}`);
    await open(second);
    await second.waitForFunction(() => test.client.status.state === 'live');
    await first.context.setOffline(true);
    await insert(first.page, `${title} first`);
    await showing(second, [`${title} first`]); // a tab orders waiting inserts as they reach it
    await insert(second, `${title} second`);
    await showing(first.page, [`${title} second`, `${title} first`]);
    await showing(second, [`${title} second`, `${title} first`]);
    await first.page.close();
    await first.context.setOffline(false);
    await settled(second);
    assert.deepEqual((await listedTitles('todo-app', title)).sort(), [`${title} first`, `${title} second`]);
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
