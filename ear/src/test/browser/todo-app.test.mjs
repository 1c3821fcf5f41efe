import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  live, openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle, watchCountOf,
} from './windows.mjs';

describe('todo-app in two windows', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('walk');
    left = await openLiveWindow(browser, '/todo-app/');
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

  test('an added todo appears in the other window', async () => {
    await add(left.page, title);
    await settledRow(right.page, title).waitFor();
    await settledRow(left.page, title).waitFor();
    assert.equal(await row(left.page, title).count(), 1);
    assert.equal(await row(right.page, title).count(), 1);
  });

  test('a toggle appears in the other window, and back', async () => {
    await add(left.page, title);
    await row(right.page, title).waitFor();
    await row(left.page, title).getByRole('checkbox').check();
    await row(right.page, title).and(right.page.locator('.is-completed')).waitFor();
    await row(right.page, title).getByRole('checkbox').uncheck();
    await row(left.page, title).and(left.page.locator(':not(.is-completed)')).waitFor();
    await settled(right.page);
  });

  test('an edited title appears in the other window', async () => {
    await add(left.page, title);
    await row(right.page, title).waitFor();
    await row(left.page, title).getByRole('button', { name: title, exact: true }).click();
    await left.page.keyboard.type(`${title} faster`);
    await left.page.keyboard.press('Enter');
    await row(right.page, `${title} faster`).waitFor();
    assert.equal(await row(right.page, title).count(), 0);
  });

  test('a todo that is being typed is shown in the other window, and no longer when it is added', async () => {
    const line = right.page.getByText('A todo is being typed in another window…');
    await left.page.getByLabel('New todo').pressSequentially(title);
    await line.waitFor();
    assert.equal(await left.page.locator('#typists').textContent(), '');
    await left.page.getByRole('button', { name: 'Add', exact: true }).click();
    await settledRow(right.page, title).waitFor();
    await line.waitFor({ state: 'detached' });
  });

  test('a cancelled edit changes nothing', async () => {
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await row(left.page, title).getByRole('button', { name: title, exact: true }).click();
    await left.page.keyboard.type('never mind');
    await left.page.keyboard.press('Escape');
    assert.deepEqual(await titlesWith(left.page, title), [title]);
  });

  test('a removed todo is gone from the other window', async () => {
    await add(left.page, title);
    await row(right.page, title).waitFor();
    await row(left.page, title).getByRole('button', { name: `Remove: ${title}` }).click();
    await row(right.page, title).waitFor({ state: 'detached' });
    assert.equal(await row(left.page, title).count(), 0);
  });

  test('todos added in both windows have one order, which survives a reload', async () => {
    for (let step = 1; step <= 4; step++) {
      const [one, other] = step % 2 ? [left.page, right.page] : [right.page, left.page];
      await add(one, `${title} ${step}`);
      await settledRow(one, `${title} ${step}`).waitFor();
      await row(other, `${title} ${step}`).waitFor();
    }
    await Promise.all([add(left.page, `${title} left`), add(right.page, `${title} right`)]);
    for (const { page } of [left, right]) {
      await settledRow(page, `${title} left`).waitFor();
      await settledRow(page, `${title} right`).waitFor();
    }
    // Both at once: the server decides the order, so its list is read last.
    const seenLeft = await titlesWith(left.page, title);
    const seenRight = await titlesWith(right.page, title);
    await left.page.reload();
    await live(left.page);
    const reloaded = await titlesWith(left.page, title);
    assert.deepEqual(reloaded.slice(2), [4, 3, 2, 1].map((step) => `${title} ${step}`));
    assert.deepEqual(seenLeft, reloaded);
    assert.deepEqual(seenRight, reloaded);
  });

  test('a window never shows its own row twice, and keeps its element', async () => {
    for (let step = 1; step <= 10; step++) {
      const each = `${title} ${step}`;
      const watch = await watchCountOf(left.page, each);
      await add(left.page, each);
      await settledRow(left.page, each).waitFor();
      await row(right.page, each).waitFor();
      assert.equal(await watch.most(), 1);
      assert.equal(await watch.elements(), 1);
    }
  });

  test('notes are shared, too', async () => {
    const note = (page) => page.locator('#notes > .row').filter({ hasText: title });
    await left.page.getByLabel('Title of the new note').fill(title);
    await left.page.getByLabel('Text of the new note').fill('one, two');
    await left.page.getByRole('button', { name: 'Add note' }).click();
    await note(right.page).getByText('one, two').waitFor();
    await note(right.page).getByRole('button', { name: 'Text: one, two' }).click();
    await right.page.keyboard.type('one, two, three');
    await right.page.keyboard.press('Enter');
    await note(left.page).getByText('one, two, three').waitFor();
    await note(left.page).getByRole('button', { name: `Remove: ${title}` }).click();
    await note(right.page).waitFor({ state: 'detached' });
  });

  test('the filter shows open or done todos', async () => {
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await left.page.getByRole('radio', { name: /Done/ }).check();
    assert.equal(await row(left.page, title).count(), 0);
    await row(right.page, title).getByRole('checkbox').check();
    await row(left.page, title).waitFor();
  });

  test('the button opens a second window, which is live', async () => {
    const opening = left.context.waitForEvent('page');
    await left.page.getByRole('button', { name: 'Open a second window' }).click();
    const second = await opening;
    await live(second);
    await add(second, title);
    await row(left.page, title).waitFor();
    await settled(second);
  });
});
