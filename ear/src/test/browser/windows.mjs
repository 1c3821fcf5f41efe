// Browser windows on a running server. A window must close without console errors and failed requests, except those
// that the test announced.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import chromiumPack from '@sparticuz/chromium';
import { chromium } from 'playwright-core';

export const BASE_URL = (process.env.BASE_URL ?? 'http://localhost:8080').replace(/\/$/, '');

/** The longest wait for any condition. A slow machine needs part of it, a working server almost nothing. */
export const WAIT_MILLIS_MAX = 15_000;

// The browser reaches only the server under test.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/** @returns {Promise<import('playwright-core').Browser>} */
export async function startBrowser() {
  return chromium.launch({ executablePath: await chromiumPack.executablePath(), args: ARGUMENTS });
}

/** @returns {string} a title that no other test run has used */
export const uniqueTitle = (what) => `${what} ${randomBytes(4).toString('hex')}`;

/**
 * A window with its own user: it shares only the server with other windows.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} path below BASE_URL
 * @param {{options?: object, expected?: RegExp[], before?: (page: import('playwright-core').Page) => Promise<void>,
 *   base?: string}} [how] `expected`: messages that belong to the test; `before`: runs before the page is opened;
 *   `base`: instead of BASE_URL
 */
export async function openWindow(browser, path, { options = {}, expected = [], before, base = BASE_URL } = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(WAIT_MILLIS_MAX);
  const page = await context.newPage();
  const complaints = [];
  const complain = (text) => expected.some((pattern) => pattern.test(text)) || complaints.push(text);
  page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`));
  page.on('pageerror', (error) => complain(`page: ${error.stack}`));
  page.on('requestfailed', (request) => complain(`request: ${request.method()} ${request.url()} ${request.failure().errorText}`));
  page.on('response', (response) => response.status() >= 400 && complain(`answer: ${response.status()} ${response.url()}`));

  await before?.(page);
  await page.goto(`${base}${path}`);

  return {
    page,
    context,
    async close() {
      await context.close();
      assert.deepEqual(complaints, [], `window on ${path}`);
    },
  };
}

/** A window that shows its list and receives every broadcast from now on. */
export async function openLiveWindow(browser, path, how) {
  const window = await openWindow(browser, path, how);
  await live(window.page);
  return window;
}

/** @param {import('playwright-core').Page} page */
export async function live(page) {
  await page.locator('#status[data-state="live"]').waitFor();
  await page.waitForFunction(() => {
    const empty = document.getElementById('todos-empty');
    return document.querySelector('#todos > .row') || (!empty.hidden && !empty.textContent.startsWith('Reading'));
  });
}

/** @param {import('playwright-core').Page} page */
export const row = (page, title) => page.locator('#todos > .row').filter({ has: page.getByText(title, { exact: true }) });

/** A row that the server has confirmed. */
export const settledRow = (page, title) => row(page, title).and(page.locator(':not(.is-pending)'));

/** @returns {Promise<string[]>} the titles that contain `part`, from top to bottom */
export const titlesWith = (page, part) =>
  page.locator('#todos > .row .row-text').filter({ hasText: part }).allTextContents();

/** Waits until no change on the page is pending. */
export async function settled(page) {
  await page.waitForFunction(() => document.querySelector('.badge-waiting').textContent === '');
}

/**
 * Counts, at every change of the page, the rows with the title; `most()` is the highest count so far.
 *
 * @param {import('playwright-core').Page} page
 */
export async function watchCountOf(page, title) {
  const watch = await page.evaluateHandle((wanted) => {
    const list = document.getElementById('todos');
    const watch = { most: 0, elements: new Set() };
    new MutationObserver(() => {
      const rows = [...list.children].filter((each) => each.querySelector('.row-text').textContent === wanted);
      watch.most = Math.max(watch.most, rows.length);
      rows.forEach((each) => watch.elements.add(each));
    }).observe(list, { childList: true, subtree: true, characterData: true });
    return watch;
  }, title);
  return {
    most: () => watch.evaluate((seen) => seen.most),
    elements: () => watch.evaluate((seen) => seen.elements.size),
  };
}

/** Removes what a test made, in whichever window. */
export async function removeRows(application, part, collection = 'todos') {
  const address = `${BASE_URL}/${application}/api/default/${collection}`;
  const rows = (await (await fetch(address)).json())[collection];
  for (const { id } of rows.filter(({ title, name }) => (title ?? name).includes(part))) {
    await fetch(`${address}/${id}`, { method: 'DELETE' });
  }
}

/** @returns {Promise<string[]>} the titles that contain `part`, as the server lists them */
export async function listedTitles(application, part) {
  const list = await (await fetch(`${BASE_URL}/${application}/api/default/todos`)).json();
  return list.todos.map(({ title }) => title).filter((title) => title.includes(part));
}
