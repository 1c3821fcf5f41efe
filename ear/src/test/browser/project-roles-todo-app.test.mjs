import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { askAs, openSignedIn, REFUSED, removeRowsAs } from './users.mjs';
import { live, row, settledRow, startBrowser, titlesWith, uniqueTitle } from './windows.mjs';

const APPLICATION = 'project-roles-todo-app';
const ROOM = 'project:demo-project';

/** A refusal that is repeated takes more than seven seconds. */
const ROLLBACK_MILLIS_MAX = 3_000;

describe('project-roles-todo-app, three users', () => {
  let browser, admin, editor, viewer, title;

  before(async () => (browser = await startBrowser()));
  after(() => browser.close());

  beforeEach(async () => {
    title = uniqueTitle('shared step');
    admin = await openSignedIn(browser, APPLICATION, 'admin');
    editor = await openSignedIn(browser, APPLICATION, 'editor', { expected: REFUSED });
    viewer = await openSignedIn(browser, APPLICATION, 'user', { expected: REFUSED });
    for (const { page } of [admin, editor, viewer]) await live(page);
  });
  afterEach(async () => {
    for (const window of [admin, editor, viewer]) await window.close();
    await askAs('admin', 'PUT', `${APPLICATION}/api/members/editor/editor`);
    await askAs('admin', 'PUT', `${APPLICATION}/api/members/user/viewer`);
    await removeRowsAs('admin', APPLICATION, ROOM, title);
  });

  const add = async (page, text) => {
    await page.getByLabel('New todo').fill(text);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const role = (page, word) => page.locator('#role', { hasText: word }).waitFor();
  const roleOf = (name) => admin.page.getByLabel(`Role of ${name}`);
  const notice = (page, words) => page.locator('.notice').filter({ hasText: words });

  test('each window shows its user and the rights of the role; only the admin sees members', async () => {
    await role(admin.page, 'admin');
    await role(editor.page, 'editor');
    await role(viewer.page, 'viewer');
    assert.equal(await admin.page.getByRole('heading', { name: 'Members' }).isVisible(), true);
    assert.equal(await editor.page.getByRole('heading', { name: 'Members' }).isVisible(), false);
    assert.deepEqual(await admin.page.locator('.member-name').allTextContents(), ['admin (you)', 'editor', 'user']);
  });

  test("[ROOM1] an editor's changes appear for the viewer", async () => {
    await add(editor.page, title);
    await settledRow(viewer.page, title).waitFor();
    await row(editor.page, title).getByRole('checkbox').check();
    await settledRow(viewer.page, title).and(viewer.page.locator('.is-completed')).waitFor();
    await row(admin.page, title).getByRole('button', { name: `Remove: ${title}` }).click();
    await row(viewer.page, title).waitFor({ state: 'detached' });
  });

  test('[ACC7] viewers get no controls to change, editors none to remove', async () => {
    await add(editor.page, title);
    for (const { page } of [viewer, editor, admin]) await settledRow(page, title).waitFor();
    assert.equal(await viewer.page.getByLabel('New todo').isVisible(), false);
    await viewer.page.getByText('Viewers read this list.').waitFor();
    assert.equal(await row(viewer.page, title).getByRole('checkbox').isDisabled(), true);
    assert.equal(await row(viewer.page, title).getByRole('button', { name: title, exact: true }).isDisabled(), true);
    const removal = (page) => row(page, title).getByRole('button', { name: `Remove: ${title}` });
    assert.equal(await removal(viewer.page).count(), 0);
    assert.equal(await removal(editor.page).count(), 0);
    assert.equal(await removal(admin.page).count(), 1);
  });

  test('[ACC1] a role that is removed in one window is lost in the other', async () => {
    await add(editor.page, title);
    await settledRow(viewer.page, title).waitFor();

    await roleOf('user').selectOption('no role');
    await viewer.page.getByText('You have no role in this project.').waitFor();
    await role(viewer.page, 'none');
    assert.equal(await viewer.page.locator('#todos > .row').count(), 0);
    await add(editor.page, `${title} unseen`);
    await settledRow(admin.page, `${title} unseen`).waitFor();
    assert.ok(!(await viewer.page.locator('body').textContent()).includes(title));

    await roleOf('user').selectOption('editor');
    await viewer.page.reload();
    await live(viewer.page);
    await role(viewer.page, 'editor');
    await add(viewer.page, `${title} of the new editor`);
    await settledRow(admin.page, `${title} of the new editor`).waitFor();
  });

  test('[ACC1] a change by an editor who has become a viewer is undone at once, with a message, and sent once', async () => {
    const writes = [];
    editor.page.on('request', (request) => request.method() !== 'GET' && writes.push(request.method()));
    const given = admin.page.waitForResponse((response) => response.url().endsWith('/api/members/editor/viewer'));
    await roleOf('editor').selectOption('viewer');
    await given;
    const begun = Date.now();
    await add(editor.page, title);
    await notice(editor.page, 'Not added. You are not allowed to do this.').waitFor();
    await row(editor.page, title).waitFor({ state: 'detached' });
    assert.ok(Date.now() - begun < ROLLBACK_MILLIS_MAX, `after ${Date.now() - begun} ms`);
    await role(editor.page, 'viewer');
    assert.equal(await editor.page.getByLabel('New todo').isVisible(), false);
    assert.deepEqual(await titlesWith(editor.page, title), []);
    assert.deepEqual(writes, ['POST']);
  });
});
