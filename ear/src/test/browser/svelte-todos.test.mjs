import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startForwarder } from './forwarder.mjs';
import { BASE_URL, live, openLiveWindow, openWindow, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

/** Console messages of an unreachable network. */
const NO_NETWORK = [/net::ERR_/, /WebSocket connection to/];

const LAPTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 375, height: 812 } };

/** Rows of one page of the server's, and more. */
const MANY = 600;

describe('svelte-todos in two windows', () => {
  let browser, network, laptop, phone, mark;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    mark = uniqueTitle('');
    network = await startForwarder(`${BASE_URL}/svelte-todos`);
    laptop = await openLiveWindow(browser, '/svelte-todos/', { options: LAPTOP });
    phone = await openLiveWindow(browser, '/', { base: `http://${network.host}`, options: PHONE, expected: NO_NETWORK });
  });
  afterEach(async () => {
    try {
      network.goOnline();
      network.allowWebSockets();
      for (const { page } of [laptop, phone]) await settled(page);
      await laptop.close();
      await phone.close();
    } finally {
      await network.close();
      await removeMarked();
    }
  });

  const offline = (page) => page.locator('#status[data-state="offline"]').waitFor();
  const waiting = (page, count) => page.locator('.badge-waiting').filter({ hasText: `${count} waiting` }).waitFor();
  const note = (page, text) => page.locator('#notes > .row').filter({ has: page.getByText(text, { exact: true }) });
  const marked = (title) => `${title}${mark}`;
  const add = async (page, title) => {
    await page.getByLabel('New todo').fill(title);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };

  async function removeMarked() {
    for (const [collection, field] of [['todos', 'title'], ['notes', 'text']]) {
      const address = `${BASE_URL}/svelte-todos/rest/developer/${collection}`;
      const rows = (await (await fetch(address)).json())[collection];
      const ids = rows.filter((each) => each[field].includes(mark)).map(({ id }) => id);
      for (let at = 0; at < ids.length; at += 100) {
        const body = JSON.stringify({ ids: ids.slice(at, at + 100) });
        await fetch(`${address}/bulk`, { method: 'DELETE', headers: { 'content-type': 'application/json' }, body });
      }
    }
  }

  test('each window sees the todos, edits, ticks and removals of the other', async () => {
    await add(laptop.page, marked('of the laptop'));
    await settledRow(phone.page, marked('of the laptop')).waitFor();
    await add(phone.page, marked('of the phone'));
    await settledRow(laptop.page, marked('of the phone')).waitFor();
    for (const { page } of [laptop, phone]) {
      assert.deepEqual(await titlesWith(page, mark), [marked('of the phone'), marked('of the laptop')]);
    }
    await row(phone.page, marked('of the laptop')).getByRole('button', { name: marked('of the laptop'), exact: true }).click();
    await phone.page.keyboard.type(marked('longer'));
    await phone.page.keyboard.press('Enter');
    await row(laptop.page, marked('longer')).getByRole('checkbox').check();
    await row(phone.page, marked('longer')).and(phone.page.locator('.is-completed')).waitFor();
    await laptop.page.getByRole('button', { name: `Remove: ${marked('longer')}` }).click();
    await row(phone.page, marked('longer')).waitFor({ state: 'detached' });
    await laptop.page.getByRole('button', { name: 'Undo' }).click();
    await settledRow(phone.page, marked('longer')).waitFor();
  });

  test("the notes of the second channel reach the user's windows, and are no todos", async () => {
    await laptop.page.getByLabel('New note').fill(marked('only mine'));
    await laptop.page.getByRole('button', { name: 'Add note' }).click();
    await note(phone.page, marked('only mine')).waitFor();
    assert.equal(await row(phone.page, marked('only mine')).count(), 0);
    await phone.page.getByText('notes:developer').waitFor();
  });

  test('a title that the server refuses returns to the field, and to no list', async () => {
    await add(laptop.page, 'forbidden');
    await laptop.page.getByText('Not added. The title cannot be stored: must not be "forbidden".').waitFor();
    assert.equal(await laptop.page.getByLabel('New todo').inputValue(), 'forbidden');
    await row(laptop.page, 'forbidden').waitFor({ state: 'detached' });
    assert.equal(await row(phone.page, 'forbidden').count(), 0);
  });

  test('changes that are made offline are counted, survive a reload, and are sent once', async () => {
    await add(phone.page, marked('before'));
    await settledRow(laptop.page, marked('before')).waitFor();
    network.refuseWebSockets();
    await offline(phone.page);
    await phone.page.getByText('You are offline. Your changes are kept on this device and sent later.').waitFor();
    await add(phone.page, marked('offline'));
    await row(phone.page, marked('before')).getByRole('checkbox').check();
    await add(phone.page, 'forbidden');
    await waiting(phone.page, 3);
    await add(laptop.page, marked('meanwhile'));

    await phone.page.reload();
    await waiting(phone.page, 3);
    await row(phone.page, marked('offline')).waitFor();
    network.allowWebSockets();
    await live(phone.page);
    await phone.page.getByText('A change that you made earlier was not applied.').waitFor();
    await settledRow(laptop.page, marked('offline')).waitFor();
    await row(laptop.page, marked('before')).and(laptop.page.locator('.is-completed')).waitFor();
    await settled(phone.page);
    for (const { page } of [laptop, phone]) {
      assert.deepEqual(await titlesWith(page, mark), ['offline', 'meanwhile', 'before'].map(marked));
    }
  });

  test('rows that were deleted while a window was offline leave it', async () => {
    await add(laptop.page, marked('short-lived'));
    await settledRow(phone.page, marked('short-lived')).waitFor();
    network.goOffline();
    await offline(phone.page);
    await laptop.page.getByRole('button', { name: `Remove: ${marked('short-lived')}` }).click();
    await settled(laptop.page);
    network.goOnline();
    await row(phone.page, marked('short-lived')).waitFor({ state: 'detached' });
  });

  test('windows of one browser share one socket, which survives the window that opened it', async () => {
    const second = await laptop.context.newPage();
    const sockets = [];
    second.on('websocket', (socket) => sockets.push(socket));
    await second.goto(laptop.page.url());
    await live(second);
    await add(second, marked('of the second window'));
    await row(laptop.page, marked('of the second window')).waitFor();
    await settledRow(phone.page, marked('of the second window')).waitFor();
    await settledRow(second, marked('of the second window')).waitFor();
    assert.equal(sockets.length, 0);
    await laptop.page.close();
    laptop.page = second;
    await add(second, marked('of the remaining window'));
    await settledRow(phone.page, marked('of the remaining window')).waitFor();
    assert.equal(sockets.length, 1);
  });

  test('a list of more rows than one page of the server is complete', async () => {
    const title = `${'x'.repeat(480)}${mark}`;
    for (let at = 0; at < MANY; at += 100) {
      const items = Array.from({ length: 100 }, (_, each) => ({ title: `${at + each} ${title}`.slice(-500), completed: false }));
      const answer = await fetch(`${BASE_URL}/svelte-todos/rest/developer/todos/bulk`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ items }),
      });
      assert.equal(answer.status, 200);
    }
    const late = await openWindow(browser, '/svelte-todos/');
    await live(late.page);
    const more = late.page.locator('#todos-more');
    while (await more.isVisible()) await more.click();
    assert.equal((await titlesWith(late.page, mark)).length, MANY);
    await late.close();
  });

  test('a text that is too long stays whole and is not sent', async () => {
    await phone.page.getByLabel('New todo').fill('a'.repeat(501));
    await phone.page.getByText('The title is too long: remove 1 of 501 characters (at most 500).').waitFor();
    await phone.page.getByRole('button', { name: 'Add', exact: true }).click();
    assert.equal((await phone.page.getByLabel('New todo').inputValue()).length, 501);
  });

  test('a page that the server does not know says so, and shows no lists', async () => {
    const window = await openWindow(browser, '/svelte-todos/', {
      before: (page) => page.route('**/rest/me', (route) => route.fulfill({ json: { authenticated: false } })),
    });
    await window.page.getByText('The server does not know you.').waitFor();
    assert.ok(await window.page.locator('#channels').isHidden());
    await window.close();
  });
});
