import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { askAs, openSignedIn, REFUSED, removeRowsAs } from './users.mjs';
import { live, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

describe('auth-todo-app, two users side by side', () => {
  let browser, admin, user, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('own step');
    admin = await openSignedIn(browser, 'auth-todo-app', 'admin', { expected: REFUSED });
    user = await openSignedIn(browser, 'auth-todo-app', 'user', { expected: REFUSED });
    await live(admin.page);
    await live(user.page);
  });
  afterEach(async () => {
    await admin.close();
    await user.close();
    for (const each of ['admin', 'user']) await removeRowsAs(each, 'auth-todo-app', each, title);
  });

  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await settledRow(page, text).waitFor();
  };

  test("[ID4] a socket is opened with the browser's stored password, and its frames are shown", async () => {
    await admin.page.locator('#status[data-state="live"]').waitFor();
    const { status } = await askAs('admin', 'POST', 'auth-todo-app/api/admin/todos', { title });
    assert.equal(status, 200);
    await settledRow(admin.page, title).waitFor();
  });

  test("[ACC4] neither user sees the other's changes: live, in the list or after a reload", async () => {
    const heard = [];
    const again = await openSignedIn(browser, 'auth-todo-app', 'user', {
      before: async (page) => page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(payload))),
    });
    await live(again.page);
    await add(admin.page, `${title} of admin`);
    await add(user.page, `${title} of user`);
    await settledRow(again.page, `${title} of user`).waitFor();

    assert.deepEqual(await titlesWith(admin.page, title), [`${title} of admin`]);
    assert.deepEqual(await titlesWith(user.page, title), [`${title} of user`]);
    assert.ok(!heard.some((frame) => frame.includes(`${title} of admin`)));
    await user.page.reload();
    await live(user.page);
    assert.deepEqual(await titlesWith(user.page, title), [`${title} of user`]);
    await again.close();
  });

  test("[ACC4] a page of one user cannot request the other's room", async () => {
    const { status, body } = await askAs('user', 'GET', 'auth-todo-app/api/admin/todos');
    assert.equal(status, 403);
    assert.equal(
      body.error.message,
      "Forbidden: syncId must be 'user', got 'admin'. The syncId must match the userId exactly.",
    );
    const closed = await user.page.evaluate(
      () =>
        new Promise((resolve) => {
          const socket = new WebSocket(new URL('parties/todos/admin', location.href.replace('http', 'ws')));
          const frames = [];
          socket.onmessage = ({ data }) => frames.push(JSON.parse(data).type);
          socket.onclose = ({ code }) => resolve({ code, frames });
        }),
    );
    assert.deepEqual(closed, { code: 1006, frames: [] }); // the handshake was refused
  });

  test('[ID4] signing out makes the browser forget the password, in every window', async () => {
    const other = await admin.context.newPage();
    await other.goto(admin.page.url());
    await live(other);
    await admin.context.setHTTPCredentials(null);
    await admin.page.reload();
    await live(admin.page); // with the credentials that the browser has kept
    const asked = admin.page.waitForResponse((response) => response.url().endsWith('/auth-todo-app/') && response.status() === 401);
    await admin.page.getByRole('link', { name: 'Sign out' }).click();
    await asked;
    assert.equal(await admin.page.locator('body').textContent(), 'Unauthorized');
    assert.deepEqual(await admin.page.evaluate(() => indexedDB.databases()), []); // nor are the user's rows there any more
    assert.equal((await other.goto(other.url())).status(), 401);
  });
});
