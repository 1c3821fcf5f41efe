import { after, before, test } from 'node:test';
import { openWindow, startBrowser } from './windows.mjs';

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser.close());

test('the page of the APIs shows the routes of the chosen example', async () => {
  const { page, close } = await openWindow(browser, '/openapi.html?application=scoped-todos-app');
  const route = (path) => page.locator('.opblock-summary-path', { hasText: path }).first();
  await route('/{room}/scopedTodos').waitFor();
  await page.getByLabel('API of').selectOption('todo-app');
  await route('/{room}/notes').waitFor();
  await close();
});
