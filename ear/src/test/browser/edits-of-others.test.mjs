import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

describe('a text edited while others change or delete its row', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('detour');
    left = await openLiveWindow(browser, '/todo-app/');
    right = await openLiveWindow(browser, '/todo-app/');
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await row(right.page, title).waitFor();
  });
  afterEach(async () => {
    for (const { page } of [left, right]) await settled(page);
    await removeRows('todo-app', title);
    await left.close();
    await right.close();
  });

  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const edit = async (page, from, to) => {
    await row(page, from).getByRole('button', { name: from, exact: true }).click();
    await page.keyboard.type(to);
  };
  const remove = (page, text) => row(page, text).getByRole('button', { name: `Remove: ${text}` }).click();
  const keptText = (page) => page.getByLabel('Your text');

  test('the second user to save sees the changed text, and decides', async () => {
    await edit(right.page, title, `${title} mine`);
    await edit(left.page, title, `${title} theirs`);
    await left.page.keyboard.press('Enter');
    await right.page.waitForFunction((text) => [...document.querySelectorAll('#todos .row-text')].some((each) => each.textContent === text), `${title} theirs`);
    await right.page.keyboard.press('Enter');
    await right.page.getByText(`This todo changed to “${title} theirs” while you were editing it.`).waitFor();
    assert.deepEqual(await titlesWith(right.page, title), [`${title} theirs`]);
    assert.equal(await keptText(right.page).inputValue(), `${title} mine`);
    await right.page.getByRole('button', { name: 'Save mine' }).click();
    await settledRow(left.page, `${title} mine`).waitFor();
  });

  test('a half-typed text is kept when its row is deleted, and can become a new row', async () => {
    const writes = [];
    right.page.on('request', (request) => request.method() === 'PUT' && writes.push(request.url()));
    await edit(right.page, title, `${title} half`);
    await remove(left.page, title);
    await right.page.getByText(`“${title}” was deleted while you were editing it.`).waitFor();
    await keptText(right.page).press('End');
    await right.page.keyboard.type(' and whole');
    await right.page.getByRole('button', { name: 'Add as a new todo' }).click();
    await settledRow(left.page, `${title} half and whole`).waitFor();
    assert.deepEqual(writes, []);
  });

  test('an unchanged editor shows no message when its row is deleted', async () => {
    await row(right.page, title).getByRole('button', { name: title, exact: true }).click();
    await remove(left.page, title);
    await row(right.page, title).waitFor({ state: 'detached' });
    assert.equal(await right.page.locator('.notice').count(), 0);
  });

  test('a row that is being edited stays although the filter now hides it', async () => {
    await right.page.getByRole('radio', { name: /Open/ }).check();
    await edit(right.page, title, `${title} on`);
    await row(left.page, title).getByRole('checkbox').check();
    await right.page.waitForFunction(() => document.querySelector('#todos .is-completed .editor:not([hidden])'));
    await right.page.keyboard.press('Enter');
    await row(left.page, `${title} on`).and(left.page.locator('.is-completed')).waitFor();
  });

  test('a deleted todo can be restored', async () => {
    await row(left.page, title).getByRole('checkbox').check();
    await settled(left.page);
    await remove(left.page, title);
    await row(right.page, title).waitFor({ state: 'detached' });
    await left.page.getByRole('button', { name: 'Undo' }).click();
    await settledRow(right.page, title).and(right.page.locator('.is-completed')).waitFor();
  });

  test('a long title takes four lines, its editor shows all of it, and its text direction is its own', async () => {
    const long = `${title} שלום `.padEnd(480, 'מילים רבות ');
    await edit(left.page, title, long);
    await left.page.keyboard.press('Enter');
    const text = row(right.page, long.trim()).locator('.row-text bdi');
    await text.waitFor();
    const { height, lines } = await text.evaluate((element) => ({
      height: element.getBoundingClientRect().height,
      lines: 4 * Number.parseFloat(getComputedStyle(element).lineHeight),
    }));
    assert.ok(height <= lines + 1, `${height} px of at most ${lines}`);
  });
});
