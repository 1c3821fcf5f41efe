// The starters of client/starters, built as they are copied, in front of the real server.

import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startStarterServer } from './starter-server.mjs';
import { BASE_URL, listedTitles, openWindow, startBrowser, uniqueTitle } from './windows.mjs';

const FOLDER = process.env.STARTERS;
const NAMES = readdirSync(FOLDER).filter((name) => existsSync(join(FOLDER, name, 'dist/index.html')));
const TODOS = `${BASE_URL}/todo-app/api/default/todos`;
const QUEUED = 20;
const ROWS = 5_000;
const BULK = 100;

/** Rows in the page at a time: two screens of 48 pixels a row, and those beyond the edges. */
const ROWS_IN_PAGE_MAX = 60;

/** Whether each row of the page begins where the one before ends: a virtual list places them by heights that it measured. */
const isWithoutGaps = () => {
  const rows = [...document.querySelectorAll('.list li')].map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top);
  return rows.every(({ top }, at) => at === 0 || Math.abs(top - rows[at - 1].bottom) < 1);
};

/** In the page: whether the browser keeps this many changes. A change is stored some milliseconds after it is shown. */
const isKept = async (wanted) => {
  let kept = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => (indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result)));
    if (database.objectStoreNames.contains('outbox')) {
      const count = database.transaction('outbox').objectStore('outbox').count();
      kept += await new Promise((resolve) => (count.onsuccess = () => resolve(count.result)));
    }
    database.close();
  }
  return kept === wanted;
};

describe('the starters', () => {
  let browser, server, title;
  const windows = [];

  before(async () => {
    browser = await startBrowser();
    server = await startStarterServer(FOLDER, NAMES);
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(() => (title = uniqueTitle('starter')));
  afterEach(async () => {
    await removeAll(title);
    for (const window of windows.splice(0)) await window.close();
  });

  const open = async (name, expected = []) => {
    const window = await openWindow(browser, `/${name}/`, { base: server.base, expected });
    windows.push(window);
    await state(window.page, 'live');
    return window;
  };
  const state = (page, wanted) => page.locator(`.connection[data-state="${wanted}"]`).waitFor();
  const row = (page, text) => page.locator('.list li').filter({ has: page.getByText(text, { exact: true }) });
  const settledRow = (page, text) => row(page, text).and(page.locator(':not(.is-pending)'));
  const settled = (page) => page.locator('.waiting').waitFor({ state: 'detached' });
  const gone = (locator) => locator.waitFor({ state: 'detached' });
  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByLabel('New todo').press('Enter');
  };
  const titles = async (page) =>
    (await page.locator('.list li label').allTextContents()).map((each) => each.trim()).filter((each) => each.includes(title));

  test('each is built', () => {
    assert.deepEqual(NAMES.sort(), ['angular','react','svelte','vue']);
  });

  for (const name of NAMES) {
    describe(name, () => {
      let left, right;

      const openBoth = async (...expected) => {
        left = await open(name, expected);
        right = await open(name);
      };

      test('two windows show the same rows', async () => {
        await openBoth();
        await add(left.page, title);
        await settledRow(right.page, title).waitFor();
        await row(right.page, title).getByRole('checkbox').check();
        await row(left.page, title).and(left.page.locator('.is-completed')).waitFor();
        await left.page.getByText('Open', { exact: true }).click();
        await gone(row(left.page, title));
        await left.page.getByText('Done', { exact: true }).click();
        await row(left.page, title).waitFor();
        await row(right.page, title).getByRole('button').click();
        await gone(row(left.page, title));
      });

      test('edits made offline are shown, and sent once the network is back', async () => {
        await openBoth(/ERR_INTERNET_DISCONNECTED/, /ERR_NETWORK_CHANGED/);
        await add(left.page, `${title} 0`);
        await settledRow(right.page, `${title} 0`).waitFor();
        await left.context.setOffline(true);
        await state(left.page, 'offline');
        await add(left.page, `${title} 1`);
        await add(left.page, `${title} 2`);
        await row(left.page, `${title} 0`).getByRole('checkbox').check();
        await row(left.page, `${title} 1`).and(left.page.locator('.is-pending')).waitFor();
        await add(right.page, `${title} of another`);
        await settledRow(right.page, `${title} of another`).waitFor();
        await left.context.setOffline(false);
        await settled(left.page);
        const expected = [`${title} 2`, `${title} 1`, `${title} of another`, `${title} 0`];
        for (const { page } of [left, right]) {
          await page.waitForFunction(
            ([part, wanted]) =>
              JSON.stringify([...document.querySelectorAll('.list li label')].map((each) => each.textContent.trim()).filter((each) => each.includes(part))) === wanted,
            [title, JSON.stringify(expected)],
          );
          await row(page, `${title} 0`).and(page.locator('.is-completed')).waitFor();
        }
      });

      test('a full outbox survives a reload while the server is down', async () => {
        left = await open(name, [/status of 503/, /answer: 503/, /WebSocket connection/, /ERR_ABORTED/]);
        server.goDown();
        try {
          await state(left.page, 'offline');
          for (let at = 0; at < QUEUED; at++) await add(left.page, `${title} ${at}`);
          await left.page.getByText(`${QUEUED} waiting`).waitFor();
          await left.page.waitForFunction(isKept, QUEUED);
          await left.page.reload();
          await left.page.getByText(`${QUEUED} waiting`).waitFor();
          await row(left.page, `${title} ${QUEUED - 1}`).and(left.page.locator('.is-pending')).waitFor();
        } finally {
          server.goUp();
        }
        await settled(left.page);
        const stored = await listedTitles('todo-app', title);
        assert.deepEqual(stored.sort(), Array.from({ length: QUEUED }, (_, at) => `${title} ${at}`).sort());
        await settledRow(left.page, `${title} ${QUEUED - 1}`).waitFor();
      });

      test('a refused write is rolled back with a message', async () => {
        await openBoth(/status of 400/, /answer: 400/);
        const long = title.padEnd(501, '.');
        await add(left.page, long);
        await left.page.getByRole('alert').getByText('Not saved.').waitFor();
        await gone(row(left.page, long));
        await add(left.page, title);
        await settledRow(right.page, title).waitFor();
        assert.deepEqual(await titles(right.page), [title]);
        await left.page.waitForFunction(isWithoutGaps);
        await left.page.getByRole('button', { name: 'Dismiss' }).click();
        await gone(left.page.getByText('Not saved.'));
      });
    });
  }

  describe(`${ROWS} rows`, () => {
    let part;

    before(async () => {
      part = uniqueTitle('many');
      for (let bulk = 0; bulk < ROWS / BULK; bulk++) {
        const items = Array.from({ length: BULK }, (_, at) => ({ title: `${part} ${bulk}/${at}` }));
        await send('POST', `${TODOS}/bulk`, { items });
      }
    });
    after(() => removeAll(part));

    for (const name of NAMES) {
      test(`${name} shows the rows at each place, and keeps few of them in the page`, async () => {
        const { page } = await open(name);
        await page.waitForFunction((rows) => Number(document.querySelector('output').textContent) >= rows, ROWS);
        for (const share of [0, 0.1, 0.101, 0.35, 0.36, 0.5, 0.75, 0.999, 1, 0.2, 0]) {
          await page.locator('.list').evaluate((list, to) => (list.scrollTop = to * (list.scrollHeight - list.clientHeight)), share);
          const shown = await (await page.waitForFunction(rowsThatFill)).jsonValue();
          assert.ok(shown.inPage <= ROWS_IN_PAGE_MAX, `${shown.inPage} rows in the page`);
          // Rows of other tests are older.
          for (const { place, text } of shown.rows.filter(({ place }) => place <= ROWS)) {
            assert.match(text, new RegExp(`^${part} ${ROWS / BULK - Math.ceil(place / BULK)}/`), `row ${place} at ${share}`);
          }
        }
      });
    }
  });
});

/** In the page: the rows that can be seen, if they fill the list without a gap. */
function rowsThatFill() {
  const list = document.querySelector('.list');
  const { top, bottom } = list.getBoundingClientRect();
  const all = [...list.querySelectorAll('li')];
  const seen = all
    .map((li) => ({ box: li.getBoundingClientRect(), place: Number(li.ariaPosInSet), text: li.querySelector('label').textContent.trim() }))
    .filter(({ box }) => box.bottom > top && box.top < bottom)
    .sort((one, other) => one.box.top - other.box.top);
  if (seen.length === 0 || seen[0].box.top > top + 1 || seen.at(-1).box.bottom < bottom - 1) return false;
  if (seen.some(({ place, box }, at) => at > 0 && (place !== seen[at - 1].place + 1 || Math.abs(box.top - seen[at - 1].box.bottom) > 1))) return false;
  return { inPage: all.length, rows: seen.map(({ place, text }) => ({ place, text })) };
}

async function send(method, address, body) {
  const answer = await fetch(address, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${address}: ${answer.status} ${answer.ok || (await answer.text())}`);
}

/** Removes what a test made, a hundred rows at a time. */
async function removeAll(part) {
  const { todos } = await (await fetch(TODOS)).json();
  const ids = todos.filter(({ title }) => title.includes(part)).map(({ id }) => id);
  for (let at = 0; at < ids.length; at += BULK) await send('DELETE', `${TODOS}/bulk`, { ids: ids.slice(at, at + BULK) });
}
