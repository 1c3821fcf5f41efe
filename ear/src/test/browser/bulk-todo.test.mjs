import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  live, openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle, watchCountOf,
} from './windows.mjs';

describe('bulk-todo in two windows', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('march');
    left = await openLiveWindow(browser, '/bulk-todo/', { expected: [/status of 400/, /answer: 400/] });
    right = await openLiveWindow(browser, '/bulk-todo/');
  });
  afterEach(async () => {
    await settled(left.page);
    await removeRows('bulk-todo', title);
    await left.close();
    await right.close();
  });

  const steps = (count) => Array.from({ length: count }, (_, at) => `${title} step ${String(at + 1).padStart(3, '0')}`);
  const addAll = async (page, titles) => {
    await page.getByLabel('Many todos, one title per line').fill(titles.join('\n'));
    await page.getByRole('button', { name: 'Add all' }).click();
  };
  const select = async (page, titles) => {
    for (const each of titles) await row(page, each).getByRole('checkbox').check();
  };
  const bulkRequests = (page) => {
    const seen = [];
    page.on('request', (request) => request.url().includes('/todos') && request.method() !== 'GET' && seen.push(request));
    return seen;
  };

  test('a single todo appears in the other window', async () => {
    await left.page.getByLabel('One todo').fill(title);
    await left.page.getByRole('button', { name: 'Add', exact: true }).click();
    await settledRow(left.page, title).waitFor();
    await row(right.page, title).waitFor();
  });

  test('many todos are sent in one request and appear in item order, also after a reload', async () => {
    const requests = bulkRequests(left.page);
    const watch = await watchCountOf(left.page, steps(1)[0]);
    await addAll(left.page, steps(12));
    await settledRow(left.page, steps(12)[11]).waitFor();
    await row(right.page, steps(12)[11]).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), steps(12));
    assert.deepEqual(await titlesWith(right.page, title), steps(12));
    assert.equal(requests.length, 1);
    assert.equal(await watch.most(), 1);
    await right.page.reload();
    await live(right.page);
    assert.deepEqual(await titlesWith(right.page, title), steps(12));
  });

  test('several todos are completed in one request', async () => {
    await addAll(left.page, steps(4));
    await settledRow(left.page, steps(4)[3]).waitFor();
    const requests = bulkRequests(left.page);
    await select(left.page, steps(4).slice(1));
    await left.page.getByRole('button', { name: 'Complete' }).click();
    for (const each of steps(4).slice(1)) await row(right.page, each).and(right.page.locator('.is-completed')).waitFor();
    assert.equal(await row(right.page, steps(4)[0]).and(right.page.locator('.is-completed')).count(), 0);
    assert.deepEqual(requests.map((request) => request.method()), ['PUT']);
  });

  test('several todos are deleted in one request', async () => {
    await addAll(left.page, steps(5));
    await row(right.page, steps(5)[4]).waitFor();
    await settledRow(left.page, steps(5)[4]).waitFor();
    const requests = bulkRequests(left.page);
    await select(left.page, steps(5).slice(0, 3));
    await left.page.getByRole('button', { name: 'Delete' }).click();
    await row(right.page, steps(5)[0]).waitFor({ state: 'detached' });
    assert.deepEqual(await titlesWith(right.page, title), steps(5).slice(3));
    assert.deepEqual(await titlesWith(left.page, title), steps(5).slice(3));
    assert.deepEqual(requests.map((request) => request.method()), ['DELETE']);
  });

  test('a hundred deleted todos are restored in their order, ticks included', async () => {
    await addAll(left.page, steps(100));
    await settledRow(left.page, steps(100)[99]).waitFor();
    await select(left.page, steps(1));
    await left.page.getByRole('button', { name: 'Complete' }).click();
    await row(right.page, steps(1)[0]).and(right.page.locator('.is-completed')).waitFor();
    await select(left.page, steps(100));
    await left.page.getByRole('button', { name: 'Delete' }).click();
    await row(right.page, steps(100)[99]).waitFor({ state: 'detached' });
    await left.page.getByText('Deleted 100 todos.').waitFor();
    await left.page.getByRole('button', { name: 'Undo' }).click();
    await row(right.page, steps(100)[99]).waitFor();
    assert.deepEqual(await titlesWith(right.page, title), steps(100));
    await row(right.page, steps(1)[0]).and(right.page.locator('.is-completed')).waitFor();
  });

  test('a message names the todo whose line is too long, and nothing is sent', async () => {
    const requests = bulkRequests(left.page);
    await addAll(left.page, [title, title.padEnd(501, '.')]);
    await left.page.getByText('The title of the second todo is too long: 501 characters (at most 500).').waitFor();
    assert.equal(requests.length, 0);
  });

  test('a request takes a hundred titles; one more keeps the form from sending', async () => {
    const requests = bulkRequests(left.page);
    await addAll(left.page, steps(101));
    await left.page.getByText('101 of at most 100 in one request').waitFor();
    assert.equal(requests.length, 0);
    await addAll(left.page, steps(100));
    await settledRow(left.page, steps(100)[99]).waitFor();
    await row(right.page, steps(100)[99]).waitFor();
    assert.deepEqual(await titlesWith(right.page, title), steps(100));
    await left.page.getByRole('checkbox', { name: /^Select (all|the first)/ }).check();
    await left.page.getByText('100 selected', { exact: true }).waitFor();
    await left.page.getByRole('button', { name: 'Delete' }).click();
    await row(right.page, steps(100)[0]).waitFor({ state: 'detached' });
    assert.deepEqual(await titlesWith(right.page, title), []);
    assert.deepEqual(requests.map((request) => request.method()), ['POST', 'DELETE']);
  });

  test('one invalid title refuses all, and the typed text returns', async () => {
    const bad = [steps(2)[0], 'x'.repeat(501), steps(2)[1]];
    await left.page.locator('#many-form').evaluate((form) => (form.noValidate = true));
    await addAll(left.page, bad);
    const refusal = 'None added. The title of the second todo is too long (at most 500 characters).';
    await left.page.locator('.notice').filter({ hasText: refusal }).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), []);
    assert.equal(await left.page.getByLabel('Many todos, one title per line').inputValue(), bad.join('\n'));
    assert.deepEqual(await titlesWith(right.page, title), []);
  });
});
