import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { startForwarder } from './forwarder.mjs';
import { BASE_URL, openWindow, startBrowser, uniqueTitle } from './windows.mjs';

/** Console messages of an unreachable network. */
const NO_NETWORK = [/net::ERR_/, /WebSocket connection to/];

describe('strata-tasks in two windows', () => {
  let browser, network, alice, bob, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('stride');
    // A browser in offline mode keeps its sockets; the forwarder between bob and the server does not.
    network = await startForwarder(`${BASE_URL}/strata-tasks`);
    alice = await open('/strata-tasks/?user=alice', { expected: NO_NETWORK });
    bob = await open('/?user=bob', { base: `http://${network.host}`, expected: NO_NETWORK });
  });
  afterEach(async () => {
    for (const { page } of [alice, bob]) await settled(page);
    await removeTasks(title);
    await alice.close();
    await bob.close();
    await network.close();
  });

  const open = async (path, how) => {
    const window = await openWindow(browser, path, how);
    await live(window.page);
    return window;
  };
  const live = (page) => page.locator('#status[data-state="live"]').waitFor();
  const settled = (page) => page.waitForFunction(() => document.querySelector('.badge-waiting').textContent === '');
  const column = (page, name) => page.getByRole('list', { name, exact: true });
  const card = (where, text) => where.locator('.row').filter({ has: where.page().getByText(text, { exact: true }) });
  const add = async (page, text) => {
    await page.getByLabel('New task').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };

  /** Without pages: removes what a test made, whichever user sees it. */
  async function removeTasks(part) {
    for (const user of ['alice', 'bob']) {
      const headers = { authorization: `Bearer ${user}-token`, 'content-type': 'application/json' };
      const text = await (await fetch(`${BASE_URL}/strata-tasks/sync/bootstrap?onlyModels=Task`, { headers })).text();
      const rows = text.trimEnd().split('\n').map((line) => JSON.parse(line)).filter((row) => row.title?.includes(part));
      const transactions = rows.map(({ id }) => ({
        action: 'DELETE', clientId: 'cleaner', clientTxId: crypto.randomUUID(), modelName: 'Task', modelId: id, payload: {},
      }));
      if (rows.length === 0) continue;
      const answer = await fetch(`${BASE_URL}/strata-tasks/sync/mutate`, {
        method: 'POST', headers, body: JSON.stringify({ batchId: 'cleaning', transactions }),
      });
      assert.equal((await answer.json()).success, true);
    }
  }

  test("one user's inserts, changes, moves and removals appear for the other", async () => {
    await add(alice.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await card(column(bob.page, 'Next'), title).getByRole('button', { name: `Now: ${title}` }).click();
    await card(column(alice.page, 'Now'), title).waitFor();
    await card(column(alice.page, 'Now'), title).getByRole('checkbox').check();
    await card(column(bob.page, 'Now'), title).and(bob.page.locator('.is-completed')).waitFor();
    await card(column(alice.page, 'Now'), title).getByRole('button', { name: title, exact: true }).click();
    await alice.page.keyboard.type(`${title} on`);
    await alice.page.keyboard.press('Enter');
    await card(column(bob.page, 'Now'), `${title} on`).waitFor();
    await bob.page.getByRole('button', { name: `Remove: ${title} on` }).click();
    await card(column(alice.page, 'Now'), `${title} on`).waitFor({ state: 'detached' });
  });

  const edit = async (page, from, to) => {
    await page.getByRole('button', { name: from, exact: true }).click();
    await page.keyboard.type(to);
  };

  test('a title that changes while it is edited elsewhere is not overwritten without consent', async () => {
    await add(alice.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await edit(bob.page, title, `${title} of bob`);
    await edit(alice.page, title, `${title} of alice`);
    await alice.page.keyboard.press('Enter');
    await settled(alice.page);
    await alice.page.getByRole('button', { name: `Now: ${title} of alice` }).click();
    await column(bob.page, 'Now').getByLabel('New title').waitFor();
    await bob.page.getByLabel('New title').press('Enter');
    await bob.page.getByText(`This task changed to “${title} of alice” while you were editing it.`).waitFor();
    assert.equal(await bob.page.getByLabel('Your text').inputValue(), `${title} of bob`);
    await bob.page.getByRole('button', { name: 'Save mine' }).click();
    await card(column(alice.page, 'Now'), `${title} of bob`).waitFor();
  });

  test('a half-typed title is kept when its task is deleted elsewhere', async () => {
    await add(alice.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await edit(bob.page, title, `${title} half`);
    await alice.page.getByRole('button', { name: `Remove: ${title}` }).click();
    await bob.page.getByText(`“${title}” was deleted, archived or unshared`).waitFor();
    await bob.page.getByRole('button', { name: 'Add as a new task' }).click();
    await card(column(alice.page, 'Next'), `${title} half`).waitFor();
  });

  test('a board without network says so within 2 s', async () => {
    const begun = Date.now();
    await alice.context.setOffline(true);
    await alice.page.locator('#status[data-state="offline"]').waitFor();
    assert.ok(Date.now() - begun < 2_000, `after ${Date.now() - begun} ms`);
    await alice.page.getByText('You are offline. Your changes are kept on this device and sent later.').waitFor();
    await alice.context.setOffline(false);
    await live(alice.page);
  });

  test('a title that is too long stays whole and is not sent', async () => {
    await alice.page.getByLabel('New task').fill(title.padEnd(501, '.'));
    await alice.page.getByText('The title is too long: remove 1 of 501 characters (at most 500).').waitFor();
    await alice.page.getByRole('button', { name: 'Add', exact: true }).click();
    assert.equal(await alice.page.getByLabel('New task').inputValue(), title.padEnd(501, '.'));
    await alice.page.getByLabel('New task').fill('');
  });

  test('an archived task leaves the columns, and can be restored', async () => {
    await add(alice.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await alice.page.getByRole('button', { name: `Archive: ${title}` }).click();
    await card(column(bob.page, 'Archived'), title).waitFor();
    assert.equal(await card(column(bob.page, 'Next'), title).count(), 0);
    await bob.page.getByRole('button', { name: `Bring back: ${title}` }).click();
    await card(column(alice.page, 'Next'), title).waitFor();
  });

  test('a step is undone and redone', async () => {
    await add(alice.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await alice.page.getByRole('button', { name: `Later: ${title}` }).click();
    await card(column(bob.page, 'Later'), title).waitFor();
    await alice.page.getByRole('button', { name: 'Undo' }).click();
    await card(column(bob.page, 'Next'), title).waitFor();
    await alice.page.getByRole('button', { name: 'Redo' }).click();
    await card(column(bob.page, 'Later'), title).waitFor();
  });

  test('changes made offline are kept, and sent after reconnecting', async () => {
    await add(alice.page, `${title} 0`);
    await card(column(bob.page, 'Next'), `${title} 0`).waitFor();
    network.goOffline();
    await bob.page.locator('#status[data-state="offline"]').waitFor();
    await add(bob.page, `${title} 1`);
    await bob.page.getByRole('button', { name: `Now: ${title} 0` }).click();
    await add(alice.page, `${title} 2`);
    await card(column(bob.page, 'Next'), `${title} 1`).waitFor();
    assert.equal(await card(column(alice.page, 'Next'), `${title} 1`).count(), 0);

    network.goOnline();
    await live(bob.page);
    await card(column(alice.page, 'Next'), `${title} 1`).waitFor();
    await card(column(alice.page, 'Now'), `${title} 0`).waitFor();
    await card(column(bob.page, 'Next'), `${title} 2`).waitFor();
    await settled(bob.page);
  });

  test('changes made offline survive the closing of their window', async () => {
    network.goOffline();
    await bob.page.locator('#status[data-state="offline"]').waitFor();
    await add(bob.page, title);
    await card(column(bob.page, 'Next'), title).waitFor();
    await bob.page.getByText('1 waiting').waitFor();
    await bob.page.goto('about:blank');
    network.goOnline();
    await bob.page.goto(`http://${network.host}/?user=bob`);
    await live(bob.page);
    await card(column(alice.page, 'Next'), title).waitFor();
    await card(column(bob.page, 'Next'), title).waitFor();
  });

  test('an added user sees the workspace at once, a removed user no longer', async () => {
    const workspace = title.replaceAll(' ', '-');
    const choice = (page) => page.getByRole('radio', { name: workspace });
    await alice.page.getByLabel('New workspace').fill(workspace);
    await alice.page.getByRole('button', { name: 'Open', exact: true }).click();
    await choice(alice.page).check();
    await add(alice.page, title);
    await card(column(alice.page, 'Next'), title).waitFor();
    await settled(alice.page);

    await alice.page.getByRole('button', { name: 'Add bob' }).click();
    await choice(bob.page).check();
    await card(column(bob.page, 'Next'), title).waitFor();
    await add(bob.page, `${title} of bob`);
    await card(column(alice.page, 'Next'), `${title} of bob`).waitFor();
    await settled(bob.page);

    await alice.page.getByRole('button', { name: 'Remove bob' }).click();
    await choice(bob.page).waitFor({ state: 'detached' });
    assert.equal(await card(bob.page.locator('main'), title).count(), 0);
  });
});
