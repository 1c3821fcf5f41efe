import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startForwarder } from './forwarder.mjs';
import { BASE_URL, openWindow, startBrowser, uniqueTitle } from './windows.mjs';

/** Console messages of an unreachable network. */
const NO_NETWORK = [/net::ERR_/, /WebSocket connection to/];
const REFUSED = [/status of 40[013]/, /answer: 40[013]/];

/** The key for the endpoints of operators; absent when there is none. */
const OPERATOR_KEY = process.env.OPERATOR_KEY;

const LAPTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 375, height: 812 } };

describe('livestore-notes in two windows', () => {
  let browser, network, laptop, phone, store;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    store = uniqueTitle('walk').replaceAll(' ', '-');
    network = await startForwarder(`${BASE_URL}/livestore-notes`);
    laptop = await open(`/livestore-notes/?store=${store}`, { options: LAPTOP });
    phone = await open(`/?store=${store}`, { base: `http://${network.host}`, options: PHONE });
  });
  afterEach(async () => {
    try {
      for (const { page } of [laptop, phone]) await settled(page);
      await laptop.close();
      await phone.close();
    } finally {
      await network.close();
    }
  });

  const open = async (path, how) => {
    const window = await openWindow(browser, path, { expected: NO_NETWORK, ...how });
    await live(window.page);
    return window;
  };
  const live = (page) => page.locator('#status[data-state="live"]').waitFor({ timeout: 45_000 });
  const offline = (page) => page.locator('#status[data-state="offline"]').waitFor();
  const settled = (page) => page.waitForFunction(() => document.querySelector('.badge-waiting').textContent === '');
  const waiting = (page, count) => page.locator('.badge-waiting').filter({ hasText: `${count} waiting` }).waitFor();
  const note = (page, text) => page.locator('#notes > .row').filter({ has: page.getByText(text, { exact: true }) });
  const confirmed = (page, text) => note(page, text).and(page.locator(':not(.is-pending)'));
  const texts = (page) => page.locator('#notes > .row .row-text').allTextContents();
  const add = async (page, text) => {
    await page.getByLabel('New note').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };

  test('each window sees the notes of the other', async () => {
    await laptop.page.getByText('No notes yet.').waitFor();
    await add(laptop.page, 'of the laptop');
    await confirmed(phone.page, 'of the laptop').waitFor();
    await confirmed(laptop.page, 'of the laptop').waitFor();
    await add(phone.page, 'of the phone');
    await confirmed(laptop.page, 'of the phone').waitFor();
    assert.deepEqual(await texts(laptop.page), ['of the phone', 'of the laptop']);
    assert.deepEqual(await texts(phone.page), ['of the phone', 'of the laptop']);
  });

  test('an edit, a tick and a removal appear in the other window', async () => {
    await add(laptop.page, 'steps');
    await note(phone.page, 'steps').getByRole('button', { name: 'steps', exact: true }).click();
    await phone.page.keyboard.type('longer steps');
    await phone.page.keyboard.press('Enter');
    await note(laptop.page, 'longer steps').getByRole('checkbox').check();
    await note(phone.page, 'longer steps').and(phone.page.locator('.is-completed')).waitFor();
    await note(phone.page, 'longer steps').getByRole('checkbox').uncheck();
    await note(laptop.page, 'longer steps').and(laptop.page.locator(':not(.is-completed)')).waitFor();
    await laptop.page.getByRole('button', { name: 'Remove: longer steps' }).click();
    await note(phone.page, 'longer steps').waitFor({ state: 'detached' });
    await laptop.page.getByRole('button', { name: 'Undo' }).click();
    await note(phone.page, 'longer steps').waitFor();
  });

  test('a half-typed text survives the changes of others', async () => {
    await add(laptop.page, 'steps');
    await confirmed(laptop.page, 'steps').waitFor();
    await phone.page.getByLabel('New note').fill('half a note');
    await note(phone.page, 'steps').getByRole('button', { name: 'steps', exact: true }).click();
    await phone.page.keyboard.type('half an edit');
    await note(laptop.page, 'steps').getByRole('button', { name: 'steps', exact: true }).click();
    await laptop.page.keyboard.type('other steps');
    await laptop.page.keyboard.press('Enter');
    await add(laptop.page, 'one more');
    await note(phone.page, 'one more').waitFor();
    assert.equal(await phone.page.getByLabel('New text').and(phone.page.locator(':visible')).inputValue(), 'half an edit');
    await phone.page.keyboard.press('Enter');
    await phone.page.getByText('This note changed to “other steps” while you were editing it.').waitFor();
    await phone.page.getByRole('button', { name: 'Save mine' }).click();
    await note(laptop.page, 'half an edit').waitFor();
    assert.equal(await phone.page.getByLabel('New note').inputValue(), 'half a note');
  });

  test('a window without network says so within 2 s', async () => {
    const sentence = phone.page.getByText('You are offline. Your changes are kept on this device and sent later.');
    for (const [leave, comeBack] of [
      [() => network.goOffline(), () => network.goOnline()],
      [() => phone.context.setOffline(true), () => phone.context.setOffline(false)],
    ]) {
      const begun = Date.now();
      await leave();
      await offline(phone.page);
      assert.ok(Date.now() - begun < 2_000, `after ${Date.now() - begun} ms`);
      await sentence.waitFor();
      await comeBack();
      await live(phone.page);
      await sentence.waitFor({ state: 'detached' });
    }
  });

  test('notes that are written offline are counted, kept, and sent after reconnecting', async () => {
    await add(phone.page, 'before');
    await confirmed(laptop.page, 'before').waitFor();
    network.goOffline();
    await offline(phone.page);
    await add(phone.page, 'of the phone');
    await note(phone.page, 'before').getByRole('checkbox').check();
    await waiting(phone.page, 2);
    await add(laptop.page, 'of the laptop');
    await confirmed(laptop.page, 'of the laptop').waitFor();
    assert.equal(await note(laptop.page, 'of the phone').count(), 0);
    assert.equal(await note(phone.page, 'of the phone').and(phone.page.locator('.is-pending')).count(), 1);

    network.goOnline();
    await confirmed(laptop.page, 'of the phone').waitFor();
    await note(laptop.page, 'before').and(laptop.page.locator('.is-completed')).waitFor();
    await note(phone.page, 'of the laptop').waitFor();
    await settled(phone.page);
    assert.deepEqual(await texts(phone.page), ['of the laptop', 'of the phone', 'before']);
    assert.deepEqual(await texts(laptop.page), ['of the laptop', 'of the phone', 'before']);
  });

  test('a reload keeps the notes, and those that wait', async () => {
    await add(laptop.page, 'of the laptop');
    await confirmed(phone.page, 'of the laptop').waitFor();
    network.refuseWebSockets();
    await phone.page.locator('#status:not([data-state="live"])').waitFor();
    await add(phone.page, 'of the phone');
    await waiting(phone.page, 1);
    await phone.page.reload();
    await waiting(phone.page, 1);
    await note(phone.page, 'of the laptop').waitFor();
    await note(phone.page, 'of the phone').waitFor();
    network.allowWebSockets();
    await confirmed(laptop.page, 'of the phone').waitFor();
    await live(phone.page);
  });

  test('a window that is opened later shows all notes', async () => {
    for (let step = 1; step <= 5; step++) await add(step % 2 ? laptop.page : phone.page, `step ${step}`);
    for (const { page } of [laptop, phone]) await settled(page);
    const late = await open(`/livestore-notes/?store=${store}`);
    for (let step = 1; step <= 5; step++) await confirmed(late.page, `step ${step}`).waitFor();
    assert.deepEqual(await texts(late.page), await texts(laptop.page));
    await late.close();
  });

  test('windows of one browser share one connection, which survives the window that began it', async () => {
    const second = await laptop.context.newPage();
    await second.goto(laptop.page.url());
    await live(second);
    await add(second, 'of the second window');
    await note(laptop.page, 'of the second window').waitFor();
    await confirmed(phone.page, 'of the second window').waitFor();
    await laptop.page.close();
    laptop.page = second;
    await add(second, 'of the remaining window');
    await confirmed(phone.page, 'of the remaining window').waitFor();
    await add(phone.page, 'of the phone');
    await note(second, 'of the phone').waitFor();
  });

  test('a store that an operator resets asks for a reload, and is empty then', { skip: !OPERATOR_KEY }, async () => {
    await add(laptop.page, 'before the reset');
    await confirmed(phone.page, 'before the reset').waitFor();
    const reset = await fetch(`${BASE_URL}/livestore-notes/sync/stores/${encodeURIComponent(store)}/reset`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPERATOR_KEY}` },
    });
    assert.equal(reset.status, 200);
    for (const { page } of [laptop, phone]) {
      await page.getByText('This store was reset on the server.').waitFor({ timeout: 45_000 });
      await page.getByText('Reload the page to continue with its new content. Changes that were not sent are lost.').waitFor();
      await page.getByRole('button', { name: 'Reload' }).click();
      await live(page);
      await page.getByText('No notes yet.').waitFor();
    }
    await add(phone.page, 'after the reset');
    await confirmed(laptop.page, 'after the reset').waitFor();
  });

  test('a store that is refused while it is open says so, and keeps the notes that wait', async () => {
    const requests = '**/sync?*';
    const tablet = await open(`/?store=${store}`, {
      base: `http://${network.host}`,
      options: LAPTOP,
      expected: [...NO_NETWORK, ...REFUSED],
    });
    await tablet.page.route(requests, (route) => route.fulfill({ status: 403, body: 'Forbidden' }));
    network.refuseWebSockets();
    await tablet.page.locator('#status[data-state="refused"]').waitFor();
    await tablet.page.getByText('The server refuses this store to you. Your changes are kept on this device.').waitFor();
    await add(tablet.page, 'of the tablet');
    await waiting(tablet.page, 1);

    await tablet.page.unroute(requests);
    network.allowWebSockets();
    await live(tablet.page);
    await confirmed(laptop.page, 'of the tablet').waitFor();
    await settled(tablet.page);
    await tablet.close();
  });

  test('stores do not share notes', async () => {
    await add(laptop.page, 'of the first store');
    await laptop.page.getByLabel('Name of the store').fill(`${store}_other`);
    await laptop.page.getByRole('button', { name: 'Open', exact: true }).click();
    await laptop.page.getByRole('heading', { name: `${store}_other` }).waitFor();
    await live(laptop.page);
    await laptop.page.getByText('No notes yet.').waitFor();
    await laptop.page.getByRole('link', { name: store, exact: true }).click();
    await note(laptop.page, 'of the first store').waitFor();
  });

  test('a text that is too long stays whole and is not sent', async () => {
    await phone.page.getByLabel('New note').fill('a'.repeat(10_001));
    await phone.page.getByText('The note is too long: remove 1 of 10001 characters (at most 10000).').waitFor();
    await phone.page.getByRole('button', { name: 'Add', exact: true }).click();
    assert.equal((await phone.page.getByLabel('New note').inputValue()).length, 10_001);
    assert.deepEqual(await texts(phone.page), []);
  });

  test('a page with a name that cannot be a store says so', async () => {
    const window = await openWindow(browser, '/livestore-notes/?store=two%20words');
    await window.page.getByText('“two words” cannot be the name of a store').waitFor();
    await window.close();
  });

  test('a store with a token refuses a wrong one in a sentence, and opens with the right one', async () => {
    const windows = [];
    for (const options of [LAPTOP, PHONE]) {
      const window = await openWindow(browser, `/livestore-notes/?store=auth-${store}`, { options, expected: REFUSED });
      windows.push(window);
      await window.page.getByLabel('Token', { exact: true }).fill('guessed');
      await window.page.keyboard.press('Enter');
      await window.page.getByText('The server refused this token. Check it and try again.').waitFor();
      await window.page.getByLabel('Token', { exact: true }).fill('insecure-token-change-me');
      await window.page.getByRole('button', { name: 'Open the store' }).click();
      await live(window.page);
    }
    const [one, other] = windows;
    await add(one.page, 'in private');
    await confirmed(other.page, 'in private').waitFor();
    await other.page.reload();
    await note(other.page, 'in private').waitFor();
    await live(other.page);
    for (const window of windows) await window.close();
  });
});
