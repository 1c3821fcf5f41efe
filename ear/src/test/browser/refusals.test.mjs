import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

describe('what the server refuses', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('stumble');
    left = await openLiveWindow(browser, '/todo-app/', { expected: [/status of 400/, /answer: 400/] });
    right = await openLiveWindow(browser, '/todo-app/');
  });
  afterEach(async () => {
    await settled(left.page);
    await removeRows('todo-app', title);
    await left.close();
    await right.close();
  });

  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const refusal = (page) => page.waitForResponse((response) => response.status() === 400);
  const notice = (page, message) => page.locator('.notice').filter({ hasText: message });

  test('a blank title is taken back with the words of the server', async () => {
    const count = await left.page.locator('#todos > .row').count();
    const answering = refusal(left.page);
    await add(left.page, '   ');
    const { error } = await (await answering).json();
    assert.equal(error.message, 'title: must not be blank');
    await notice(left.page, error.message).waitFor();
    assert.equal(await left.page.locator('#todos > .row').count(), count);
  });

  test('a title too long, sent past the check of the form, is taken back and can be corrected', async () => {
    const long = title.padEnd(501, '.');
    await left.page.getByLabel('New todo').evaluate((field) => field.removeAttribute('maxlength'));
    const answering = refusal(left.page);
    await add(left.page, long);
    const { error } = await (await answering).json();
    assert.match(error.message, /^title: /);
    await notice(left.page, error.message).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), []);
    assert.equal(await left.page.getByLabel('New todo').inputValue(), long);
    assert.deepEqual(await titlesWith(right.page, title), []);
  });

  test('a refused edit shows the old title again', async () => {
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await row(left.page, title).getByRole('button', { name: title, exact: true }).click();
    await left.page.keyboard.press('Delete');
    const answering = refusal(left.page);
    await left.page.keyboard.press('Enter');
    const { error } = await (await answering).json();
    await notice(left.page, error.message).waitFor();
    await settledRow(left.page, title).waitFor();
  });

  test('taking back a refused row keeps what others did meanwhile', async () => {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    await left.page.route('**/api/default/todos', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await left.page.getByLabel('New todo').evaluate((field) => field.removeAttribute('maxlength'));
    await add(left.page, title.padEnd(501, '.'));
    await row(left.page, title.padEnd(501, '.')).waitFor();
    await add(right.page, `${title} of another`);
    await row(left.page, `${title} of another`).waitFor();
    const answering = refusal(left.page);
    answer();
    const { error } = await (await answering).json();
    await notice(left.page, error.message).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), [`${title} of another`]);
  });

  test('a notice stays until it is dismissed', async () => {
    await add(left.page, '   ');
    await left.page.locator('.notice').getByRole('button', { name: 'Dismiss' }).click();
    await left.page.locator('.notice').waitFor({ state: 'detached' });
  });
});
