import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { askAs, openSignedIn, REFUSED, removeRowsAs } from './users.mjs';
import { BASE_URL, live, openWindow, removeRows, row, settled, startBrowser, uniqueTitle } from './windows.mjs';

const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 375, height: 812 } };
const PAGES = { welcome: '/', 'todo-app': '/todo-app/', 'bulk-todo': '/bulk-todo/', 'scoped-todos-app': '/scoped-todos-app/' };

/** Pages of users: user, application and room. */
const USERS_PAGES = [
  { user: 'admin', application: 'auth-todo-app', room: 'admin' },
  { user: 'admin', application: 'project-roles-todo-app', room: 'project:demo-project' },
  { user: 'user', application: 'project-roles-todo-app', room: 'project:demo-project' },
];

describe('the appearance of pages', () => {
  const mark = uniqueTitle('');
  const titles = [
    `Find the rhythm${mark}`,
    `${'Onestepaheadofeverybodyelse'.repeat(5)}${mark}`,
    `A title that is long enough to need a second line on every phone and on some laptops too${mark}`,
    `Left foot, right foot${mark}`,
  ];
  let browser;

  before(async () => {
    browser = await startBrowser();
    for (const application of ['todo-app', 'bulk-todo']) {
      for (const [at, title] of titles.entries()) await post(`${application}/api/default/todos`, { title, completed: at === 2 });
    }
    let newest;
    for (const [at, color] of ['blue', 'green', 'purple', 'orange'].entries()) {
      newest = (await post('scoped-todos-app/api/default/lists', { name: titles[at], color })).data.id;
    }
    for (const [at, title] of titles.entries()) {
      await post('scoped-todos-app/api/default/scopedTodos', { title, completed: at === 2, scope: newest });
    }
    for (const { application, room } of USERS_PAGES.filter(({ user }) => user === 'admin')) {
      for (const [at, title] of titles.entries()) {
        const { status } = await askAs('admin', 'POST', `${application}/api/${room}/todos`, { title, completed: at === 2, scope: 'demo-project' });
        assert.equal(status, 200);
      }
    }
  });
  after(async () => {
    await browser.close();
    for (const application of ['todo-app', 'bulk-todo']) await removeRows(application, mark);
    await removeRows('scoped-todos-app', mark, 'lists');
    for (const { application, room } of USERS_PAGES) await removeRowsAs('admin', application, room, mark);
  });

  for (const [name, path] of Object.entries(PAGES)) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      for (const colorScheme of ['light', 'dark']) {
        test(`${name} on a ${screen}, ${colorScheme}: the page fits its width and loads nothing from other hosts`, async () => {
          const origins = new Set();
          const window = await openWindow(browser, path, {
            options: { viewport, colorScheme },
            before: async (page) => page.on('request', (request) => origins.add(new URL(request.url()).origin)),
          });
          const { page } = window;
          const moving = name === 'welcome' ? null : await makeOneWait(page);
          await assertNoSidewaysScrolling(page);
          assert.deepEqual([...origins], [new URL(BASE_URL).origin]);
          await keepScreenshot(page, `${name}-${screen}-${colorScheme}.png`);
          await moving?.();
          await window.close();
        });
      }
    }
  }

  for (const { user, application } of USERS_PAGES) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      for (const colorScheme of ['light', 'dark']) {
        test(`${application} of ${user} on a ${screen}, ${colorScheme}: the page fits its width`, async () => {
          const window = await openSignedIn(browser, application, user, { options: { viewport, colorScheme }, expected: REFUSED });
          const { page } = window;
          await live(page);
          await page.locator('.row').filter({ hasText: mark }).first().waitFor();
          if (application === 'project-roles-todo-app') await page.locator('.rights .is-yours').first().waitFor();
          if (application === 'project-roles-todo-app' && user === 'admin') await page.locator('.member').first().waitFor();
          if (application === 'project-roles-todo-app' && user !== 'admin') {
            await page.getByText('Viewers read this list.').waitFor();
          }
          await assertNoSidewaysScrolling(page);
          await keepScreenshot(page, `${application}-${user}-${screen}-${colorScheme}.png`);
          await window.close();
        });
      }
    }
  }

  for (const [screen, viewport] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark']) {
      test(`strata-tasks on a ${screen}, ${colorScheme}: the page fits its width`, async () => {
        const window = await openWindow(browser, '/strata-tasks/?user=alice', { options: { viewport, colorScheme } });
        const { page } = window;
        await liveBoard(page);
        for (const title of titles) {
          await page.getByLabel('New task').fill(title);
          await page.getByRole('button', { name: 'Add', exact: true }).click();
        }
        await page.getByRole('button', { name: `Now: ${titles[1]}` }).click();
        await page.getByRole('button', { name: `Archive: ${titles[3]}` }).click();
        await page.getByRole('button', { name: `Bring back: ${titles[3]}` }).waitFor();
        await settled(page);
        await assertNoSidewaysScrolling(page);
        await keepScreenshot(page, `strata-tasks-${screen}-${colorScheme}.png`);
        await page.getByRole('button', { name: `Bring back: ${titles[3]}` }).click();
        for (const title of titles) await page.getByRole('button', { name: `Remove: ${title}` }).click();
        await settled(page);
        await window.close();
      });
    }
  }

  for (const [screen, viewport] of Object.entries(SCREENS)) {
    for (const colorScheme of ['light', 'dark']) {
      test(`svelte-todos on a ${screen}, ${colorScheme}: the page fits its width`, async () => {
        const window = await openWindow(browser, '/svelte-todos/', { options: { viewport, colorScheme } });
        const { page } = window;
        await live(page);
        for (const title of [...titles, 'forbidden']) {
          await page.getByLabel('New todo').fill(title);
          await page.getByRole('button', { name: 'Add', exact: true }).click();
        }
        await page.getByText('Not added.').waitFor();
        await page.getByLabel('New note').fill(titles[1]);
        await page.getByRole('button', { name: 'Add note' }).click();
        await settled(page);
        await assertNoSidewaysScrolling(page);
        await keepScreenshot(page, `svelte-todos-${screen}-${colorScheme}.png`);
        // On a phone a notice covers rows until it is dismissed.
        const dismiss = () => page.locator('.notice').getByRole('button', { name: 'Dismiss' }).click();
        await dismiss();
        for (const title of titles) {
          await page.getByRole('button', { name: `Remove: ${title}` }).first().click();
          await dismiss();
        }
        const rows = page.locator('.row').filter({ hasText: mark });
        await rows.and(page.locator('#notes > .row')).locator('.row-remove').click();
        await rows.first().waitFor({ state: 'detached' });
        await settled(page);
        await window.close();
      });

      test(`livestore-notes on a ${screen}, ${colorScheme}: the page fits its width`, async () => {
        const window = await openWindow(browser, `/livestore-notes/?store=appearance${mark.replaceAll(' ', '-')}`, { options: { viewport, colorScheme } });
        const { page } = window;
        await page.locator('#status[data-state="live"]').waitFor({ timeout: 45_000 });
        for (const title of titles) {
          await page.getByLabel('New note').fill(title);
          await page.getByRole('button', { name: 'Add', exact: true }).click();
        }
        await settled(page);
        await assertNoSidewaysScrolling(page);
        await keepScreenshot(page, `livestore-notes-${screen}-${colorScheme}.png`);
        await window.close();
      });
    }
  }

  test('the welcome page links to the examples', async () => {
    const links = [['Todos and notes', '/todo-app/'], ['Many todos at once', '/bulk-todo/'], ['Lists of todos', '/scoped-todos-app/'], ['Todos in channels', '/svelte-todos/']];
    for (const [link, path] of links) {
      const window = await openWindow(browser, '/');
      await window.page.getByRole('link', { name: link }).click();
      await window.page.waitForURL((url) => url.pathname === path);
      await live(window.page);
      await window.close();
    }
    const board = await openWindow(browser, '/');
    await board.page.getByRole('link', { name: 'A shared board' }).click();
    await liveBoard(board.page);
    await board.close();
    for (const { user, application } of USERS_PAGES) {
      const window = await openWindow(browser, '/', { options: { httpCredentials: { username: user, password: 'password' } }, expected: REFUSED });
      await window.page.locator(`.examples a[href="${application}/"]`).click();
      await live(window.page);
      await window.close();
    }
  });

  test('todo-app works with the keyboard alone', async () => {
    const window = await openWindow(browser, '/todo-app/');
    await live(window.page);
    await window.page.getByRole('button', { name: 'Open a second window' }).focus();
    const reached = [];
    for (let press = 0; press < 3; press++) {
      await window.page.keyboard.press('Tab');
      reached.push(await window.page.evaluate(() => document.activeElement.id || document.activeElement.textContent));
    }
    assert.deepEqual(reached.slice(1), ['todo-title', 'Add']);
    await window.close();
  });

  /** Adds a todo whose answer is delayed until the returned function is called. */
  async function makeOneWait(page) {
    await live(page);
    let letGo;
    const held = new Promise((resolve) => (letGo = resolve));
    await page.route(/\/api\/default\/(todos|scopedTodos)$/, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await page.getByLabel(/^(New|One) todo$/).fill(`Still on its way${mark}`);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await row(page, `Still on its way${mark}`).waitFor();
    return async () => {
      letGo();
      await settled(page);
      const application = new URL(page.url()).pathname.split('/')[1];
      const collection = application === 'scoped-todos-app' ? 'scopedTodos' : 'todos';
      await removeRows(application, `Still on its way${mark}`, collection);
    };
  }

  const liveBoard = (page) => page.locator('#status[data-state="live"]').waitFor();

  async function assertNoSidewaysScrolling(page) {
    const [scrollWidth, clientWidth] = await page.evaluate(() => {
      const { documentElement } = document;
      return [documentElement.scrollWidth, documentElement.clientWidth];
    });
    assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px of content on ${clientWidth} px`);
  }

  async function post(path, body) {
    const response = await fetch(`${BASE_URL}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${response.status} ${path}`);
    return response.json();
  }

  async function keepScreenshot(page, file) {
    const folder = process.env.SCREENSHOT_DIR;
    if (!folder) return;
    await mkdir(folder, { recursive: true });
    await page.screenshot({ path: join(folder, file), fullPage: Boolean(process.env.SCREENSHOT_FULL) });
  }
});
