import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import {
  listedTitles, live, openLiveWindow, removeRows, row, settled, settledRow, startBrowser, titlesWith, uniqueTitle, watchCountOf,
} from './windows.mjs';

describe('a network that fails', () => {
  let browser, left, right, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(() => (title = uniqueTitle('limp')));
  afterEach(async () => {
    await settled(left.page);
    await removeRows('todo-app', title);
    await left.close();
    await right.close();
  });

  const open = async (how) => {
    left = await openLiveWindow(browser, '/todo-app/', {
      expected: [/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_RESET/, /ERR_CONNECTION_REFUSED/, /status of 503/, /answer: 503/],
      ...how,
    });
    right = await openLiveWindow(browser, '/todo-app/');
  };
  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const onPost = (page, handle) =>
    page.route('**/api/default/todos', (route) => (route.request().method() === 'POST' ? handle(route) : route.continue()));

  test('changes made offline stay visible, and are stored once and in order', async () => {
    await open();
    await add(left.page, `${title} 0`);
    await row(right.page, `${title} 0`).waitFor();

    await left.context.setOffline(true);
    await left.page.locator('#status[data-state="offline"]').waitFor();
    await add(left.page, `${title} 1`);
    await add(left.page, `${title} 2`);
    await row(left.page, `${title} 1`).getByRole('checkbox').check();
    await row(left.page, `${title} 0`).getByRole('button', { name: /^Remove/ }).click();
    assert.deepEqual(await titlesWith(left.page, title), [`${title} 2`, `${title} 1`]);
    assert.equal(await row(left.page, `${title} 1`).and(left.page.locator('.is-pending')).count(), 1);
    assert.deepEqual(await listedTitles('todo-app', title), [`${title} 0`]);

    // The other window stays connected meanwhile.
    await add(right.page, `${title} of another`);
    await settledRow(right.page, `${title} of another`).waitFor();

    const watch = await watchCountOf(left.page, `${title} 1`);
    await left.context.setOffline(false);
    await row(right.page, `${title} 2`).waitFor();
    await row(right.page, `${title} 0`).waitFor({ state: 'detached' });
    await row(right.page, `${title} 1`).and(right.page.locator('.is-completed')).waitFor();
    await live(left.page);
    await settled(left.page);
    await row(left.page, `${title} of another`).waitFor();

    const expected = [`${title} 2`, `${title} 1`, `${title} of another`];
    assert.deepEqual(await listedTitles('todo-app', title), expected);
    assert.deepEqual(await titlesWith(left.page, title), expected);
    assert.deepEqual(await titlesWith(right.page, title), expected);
    assert.equal(await watch.most(), 1);
  });

  test('a change that waits survives a reload, and is stored once', async () => {
    await open();
    let isBroken = true;
    await onPost(left.page, (route) => (isBroken ? route.abort('connectionreset') : route.continue()));
    await add(left.page, title);
    await row(left.page, title).and(left.page.locator('.is-pending')).waitFor();
    await left.page.reload();
    await live(left.page);
    await row(left.page, title).and(left.page.locator('.is-pending')).waitFor();
    isBroken = false;
    await settledRow(left.page, title).waitFor();
    await settled(left.page);
    assert.deepEqual(await listedTitles('todo-app', title), [title]);
  });

  test('a lost answer makes no second row', async () => {
    await open();
    const ids = [];
    await onPost(left.page, async (route) => {
      ids.push(route.request().postDataJSON()._clientMutationId);
      if (ids.length > 1) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    const watch = await watchCountOf(left.page, title);
    await add(left.page, title);
    await settledRow(left.page, title).waitFor();
    await settled(left.page);
    await row(right.page, title).waitFor();
    assert.deepEqual(await listedTitles('todo-app', title), [title]);
    assert.equal(new Set(ids).size, 1);
    assert.equal(await watch.most(), 1);
  });

  test('a lost answer with a lost echo makes no second row', async () => {
    let sockets = 0;
    let leftOut = false;
    const ids = [];
    await open({
      before: async (page) => {
        await page.routeWebSocket(/parties/, (socket) => {
          sockets += 1;
          const server = socket.connectToServer();
          server.onMessage((frame) => {
            if (sockets > 1 || !frame.includes(title)) return socket.send(frame);
            // The connection breaks while the frame is sent.
            leftOut = true;
            void socket.close();
            void server.close();
          });
        });
        await onPost(page, async (route) => {
          ids.push(route.request().postDataJSON()._clientMutationId);
          if (ids.length === 1) {
            await route.fetch();
            return route.abort('connectionreset');
          }
          // The repeat is delayed: a list that is read without waiting for it arrives first, and contains the row.
          await page.locator('#status[data-state="live"]').waitFor();
          await page.evaluate(async () => (await fetch('api/default/todos')).text());
          await route.continue();
        });
      },
    });
    const watch = await watchCountOf(left.page, title);
    await add(left.page, title);
    await row(right.page, title).waitFor();
    await settledRow(left.page, title).waitFor();
    await live(left.page);
    await settled(left.page);
    assert.ok(leftOut);
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(await listedTitles('todo-app', title), [title]);
    assert.equal(await watch.most(), 1);
    assert.equal(await row(left.page, title).count(), 1);
  });

  test('a request to a failing server is repeated with the same mutation id', async () => {
    await open();
    const ids = [];
    await onPost(left.page, (route) => {
      ids.push(route.request().postDataJSON()._clientMutationId);
      return ids.length > 2 ? route.continue() : route.fulfill({ status: 503, json: { error: { message: 'busy' } } });
    });
    await add(left.page, title);
    await row(right.page, title).waitFor();
    await settledRow(left.page, title).waitFor();
    assert.equal(ids.length, 3);
    assert.equal(new Set(ids).size, 1);
    assert.equal(await left.page.locator('.notice').count(), 0);
  });

  test('the next broadcast reveals a missing one', async () => {
    let leftOut = 0;
    await open({
      before: (page) =>
        page.routeWebSocket(/parties/, (socket) => {
          const server = socket.connectToServer();
          server.onMessage((frame) => {
            if (frame.includes(`${title} unheard`)) leftOut += 1;
            else socket.send(frame);
          });
        }),
    });
    await add(right.page, `${title} unheard`);
    await settledRow(right.page, `${title} unheard`).waitFor();
    await add(right.page, `${title} heard`);
    await row(left.page, `${title} heard`).waitFor();
    await row(left.page, `${title} unheard`).waitFor();
    assert.equal(leftOut, 1);
    assert.deepEqual(await titlesWith(left.page, title), [`${title} heard`, `${title} unheard`]);
  });

  for (const first of ['answer', 'echo']) {
    test(`a window shows its own row once, if the ${first} comes long before the other`, async () => {
      let release;
      const other = new Promise((resolve) => (release = resolve));
      await open({
        before: async (page) => {
          if (first === 'answer') {
            await page.routeWebSocket(/parties/, (socket) => {
              const server = socket.connectToServer();
              server.onMessage(async (frame) => {
                await (frame.includes(title) && other);
                socket.send(frame);
              });
            });
          } else {
            await onPost(page, async (route) => {
              const response = await route.fetch();
              await other;
              await route.fulfill({ response });
            });
          }
        },
      });
      const watch = await watchCountOf(left.page, title);
      await add(left.page, title);
      await settledRow(left.page, title).waitFor();
      await row(right.page, title).waitFor();
      const late =
        first === 'echo' && left.page.waitForResponse((response) => response.request().method() === 'POST');
      release();
      await late;
      await row(right.page, title).getByRole('checkbox').check();
      await row(left.page, title).and(left.page.locator('.is-completed')).waitFor();
      assert.equal(await watch.most(), 1);
      assert.equal(await watch.elements(), 1);
    });
  }
});
