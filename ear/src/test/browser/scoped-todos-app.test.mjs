import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  BASE_URL, live, openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle,
} from './windows.mjs';

describe('scoped-todos-app in two windows', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('column');
    left = await openLiveWindow(browser, '/scoped-todos-app/', {
      expected: [/ERR_INTERNET_DISCONNECTED/, /status of 4\d\d/, /answer: 4\d\d/],
    });
    right = await openLiveWindow(browser, '/scoped-todos-app/');
  });
  afterEach(async () => {
    await settled(left.page);
    await removeRows('scoped-todos-app', title, 'lists');
    await left.close();
    await right.close();
  });

  const list = (page, name) => page.locator('#lists > .row').filter({ has: page.getByText(name, { exact: true }) });
  const addList = async (page, name) => {
    await page.getByLabel('New list').fill(name);
    await page.getByRole('button', { name: 'Add list' }).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
  };
  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const pick = (page, name) => list(page, name).getByRole('radio').check();
  const removeList = (page, name) => page.getByRole('button', { name: `Remove ${name} and its todos`, exact: true }).click();

  test('lists and their todos appear in the other window, each todo on its own list', async () => {
    await addList(left.page, `${title} A`);
    await add(left.page, `${title} a1`);
    await add(left.page, `${title} a2`);
    await addList(left.page, `${title} B`);
    await add(left.page, `${title} b1`);
    await settledRow(left.page, `${title} b1`).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), [`${title} b1`]);

    await pick(right.page, `${title} A`);
    await row(right.page, `${title} a2`).waitFor();
    assert.deepEqual(await titlesWith(right.page, title), [`${title} a2`, `${title} a1`]);
    await list(right.page, `${title} A`).getByText('2 open').waitFor();
    await row(right.page, `${title} a1`).getByRole('checkbox').check();
    await list(left.page, `${title} A`).getByText('1 open').waitFor();
  });

  test('a list deleted in one window disappears with its todos in the other', async () => {
    await addList(left.page, `${title} A`);
    await add(left.page, `${title} a1`);
    await addList(left.page, `${title} B`);
    await add(left.page, `${title} b1`);
    await pick(right.page, `${title} A`);
    await row(right.page, `${title} a1`).waitFor();

    await removeList(left.page, `${title} A`);
    await right.page.getByText('This list was deleted, and its todos with it.').waitFor();
    await list(right.page, `${title} A`).waitFor({ state: 'detached' });
    assert.deepEqual(await titlesWith(right.page, title), []);
    assert.equal(await right.page.getByLabel('New todo').isVisible(), false);
    await pick(right.page, `${title} B`);
    await row(right.page, `${title} b1`).waitFor();
    const { scopedTodos } = await (await fetch(`${BASE_URL}/scoped-todos-app/api/default/scopedTodos`)).json();
    assert.deepEqual(scopedTodos.filter((each) => each.title.includes(title)).map((each) => each.title), [`${title} b1`]);
  });

  test('a deleted list is restored with its todos, in their order', async () => {
    await addList(left.page, title);
    for (const step of [1, 2, 3]) await add(left.page, `${title} ${step}`);
    await settledRow(left.page, `${title} 3`).waitFor();
    await row(left.page, `${title} 2`).getByRole('checkbox').check();
    await settled(left.page);
    await removeList(left.page, title);
    await list(right.page, title).waitFor({ state: 'detached' });
    await left.page.getByText(`Deleted the list “${title}” and its 3 todos.`).waitFor();
    await left.page.getByRole('button', { name: 'Undo' }).click();
    await pick(right.page, title);
    await row(right.page, `${title} 1`).waitFor();
    assert.deepEqual(await titlesWith(right.page, title), [3, 2, 1].map((step) => `${title} ${step}`));
    await row(right.page, `${title} 2`).and(right.page.locator('.is-completed')).waitFor();
  });

  test('a half-typed todo is kept when its list is deleted, with a message', async () => {
    await addList(left.page, `${title} A`);
    await addList(left.page, `${title} B`);
    await pick(left.page, `${title} A`);
    await left.page.getByLabel('New todo').fill(`${title} half`);
    await list(right.page, `${title} A`).waitFor();
    await removeList(right.page, `${title} A`);
    await left.page.getByText(`Your text “${title} half” is kept: pick another list to add it there.`).waitFor();
    await pick(left.page, `${title} B`);
    assert.equal(await left.page.getByLabel('New todo').inputValue(), `${title} half`);
  });

  test('a half-typed change of a todo is kept when its list is deleted', async () => {
    await addList(left.page, `${title} A`);
    await add(left.page, `${title} a1`);
    await addList(left.page, `${title} B`);
    await pick(left.page, `${title} A`);
    await settledRow(left.page, `${title} a1`).waitFor();
    await row(left.page, `${title} a1`).getByRole('button', { name: `${title} a1`, exact: true }).click();
    await left.page.keyboard.type(`${title} half`);
    await removeList(right.page, `${title} A`);
    await left.page.getByText(`“${title} a1” was deleted while you were editing it.`).waitFor();
    const keep = left.page.getByRole('button', { name: 'Add as a new todo' });
    await keep.click();
    await left.page.getByText('Pick another list first.').waitFor();
    await pick(left.page, `${title} B`);
    await keep.click();
    await settledRow(left.page, `${title} half`).waitFor();
  });

  test('changes made offline are sent later; a todo for a deleted list returns to the form', async () => {
    await addList(left.page, `${title} A`);
    await addList(left.page, `${title} B`);
    await list(right.page, `${title} B`).waitFor();
    await left.context.setOffline(true);
    await left.page.locator('#status[data-state="offline"]').waitFor();
    await add(left.page, `${title} b1`);
    await pick(left.page, `${title} A`);
    await add(left.page, `${title} a1`);
    await removeList(right.page, `${title} B`);
    await list(right.page, `${title} B`).waitFor({ state: 'detached' });
    await settled(right.page); // the list is gone on the server, too

    await left.context.setOffline(false);
    await left.page.locator('.notice').filter({ hasText: 'Not added.' }).waitFor();
    await settled(left.page);
    await list(left.page, `${title} B`).waitFor({ state: 'detached' });
    await pick(right.page, `${title} A`);
    await row(right.page, `${title} a1`).waitFor();
    assert.deepEqual(await titlesWith(left.page, title), [`${title} a1`]);
    assert.deepEqual(await titlesWith(right.page, title), [`${title} a1`]);
    assert.equal(await left.page.getByLabel('New todo').inputValue(), `${title} b1`);
  });

  test('a window that is opened from another, or reloaded, shows the same list', async () => {
    await addList(left.page, `${title} A`);
    await addList(left.page, `${title} B`);
    await pick(left.page, `${title} A`);
    await left.page.reload();
    await live(left.page);
    await left.page.getByRole('heading', { name: `${title} A`, exact: true }).waitFor();
  });
});
