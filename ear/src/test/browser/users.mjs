// Windows of users with passwords. Playwright answers the first challenge, as a user would; later requests, the
// socket's handshake included, carry the credentials that the browser has kept.

import { BASE_URL, openWindow } from './windows.mjs';

const PASSWORD = 'password';

/** The console's message for a refusal that the test expects. */
export const REFUSED = [/status of 40[13]/, /answer: 40[13]/, /Unexpected response code: 40[13]/];

/**
 * @param {import('playwright-core').Browser} browser
 * @param {string} application
 * @param {string} user
 */
export async function openSignedIn(browser, application, user, { options = {}, expected = [], before } = {}) {
  const window = await openWindow(browser, `/${application}/`, {
    options: { ...options, httpCredentials: { username: user, password: PASSWORD } },
    expected,
    before,
  });
  await window.page.locator('#user', { hasText: user }).waitFor();
  return window;
}

/** Headers that a user's browser adds by itself. */
export const headersOf = (user, origin = BASE_URL) => ({
  authorization: `Basic ${btoa(`${user}:${PASSWORD}`)}`,
  origin: new URL(origin).origin,
});

/** Sends a request as a user, without the page. */
export async function askAs(user, method, path, body) {
  const response = await fetch(`${BASE_URL}/${path}`, {
    method,
    headers: { ...headersOf(user), 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

/** Removes what a test made in a room. */
export async function removeRowsAs(user, application, room, part) {
  const address = `${application}/api/${encodeURIComponent(room)}/todos`;
  const { todos } = (await askAs(user, 'GET', address)).body;
  for (const { id } of todos.filter(({ title }) => title.includes(part))) await askAs(user, 'DELETE', `${address}/${id}`);
}
