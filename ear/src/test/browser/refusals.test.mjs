import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

describe('refusals of the server', () => {
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

  /** The form is disabled, as if another client of the server sent the request. */
  const withoutChecks = (page) => page.locator('#todo-form').evaluate((form) => (form.noValidate = true));

  test("a blank title is not sent; sent without the form's check, it is undone with a message", async () => {
    const count = await left.page.locator('#todos > .row').count();
    await add(left.page, '   ');
    assert.equal(await left.page.getByLabel('New todo').evaluate((field) => field.validationMessage), 'Write a title.');
    await withoutChecks(left.page);
    const answering = refusal(left.page);
    await add(left.page, '   ');
    await answering;
    await notice(left.page, 'Not added. The title is empty.').waitFor();
    assert.equal(await left.page.locator('#todos > .row').count(), count);
  });

  test('a pasted title that is too long stays whole, and a message says by how much', async () => {
    const long = title.padEnd(612, '.');
    await add(left.page, long);
    await left.page.getByText('The title is too long: remove 112 of 612 characters (at most 500).').waitFor();
    assert.equal(await left.page.getByLabel('New todo').inputValue(), long);
    assert.deepEqual(await titlesWith(left.page, title), []);
    await add(left.page, title);
    await settledRow(right.page, title).waitFor();
  });

  test("a title that is too long, sent without the form's check, is undone and can be corrected", async () => {
    const long = title.padEnd(501, '.');
    await withoutChecks(left.page);
    const answering = refusal(left.page);
    await add(left.page, long);
    await answering;
    await notice(left.page, 'Not added. The title is too long (at most 500 characters).').waitFor();
    assert.deepEqual(await titlesWith(left.page, title), []);
    assert.equal(await left.page.getByLabel('New todo').inputValue(), long);
    assert.deepEqual(await titlesWith(right.page, title), []);
  });

  test('an edit that exceeds a limit stays open and is not sent', async () => {
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await row(left.page, title).getByRole('button', { name: title, exact: true }).click();
    await left.page.keyboard.press('Delete');
    await left.page.keyboard.press('Enter');
    const editor = left.page.getByLabel('New title').locator('visible=true');
    assert.equal(await editor.evaluate((field) => field.validity.valueMissing), true);
    await editor.press('Escape');
    assert.deepEqual(await titlesWith(left.page, title), [title]);
  });

  test("undoing a refused row keeps other users' changes", async () => {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    await left.page.route('**/api/default/todos', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await withoutChecks(left.page);
    await add(left.page, title.padEnd(501, '.'));
    await row(left.page, title.padEnd(501, '.')).waitFor();
    await add(right.page, `${title} of another`);
    await row(left.page, `${title} of another`).waitFor();
    const answering = refusal(left.page);
    answer();
    await answering;
    await notice(left.page, 'Not added. The title is too long').waitFor();
    assert.deepEqual(await titlesWith(left.page, title), [`${title} of another`]);
  });

  test('a notice stays until it is dismissed', async () => {
    await withoutChecks(left.page);
    await add(left.page, '   ');
    await left.page.locator('.notice').getByRole('button', { name: 'Dismiss' }).click();
    await left.page.locator('.notice').waitFor({ state: 'detached' });
  });
});
