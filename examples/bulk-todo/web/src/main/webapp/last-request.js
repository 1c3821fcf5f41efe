import { showText } from './page/show-text.js';

/**
 * Shows the effect of the last request and the time until the server's answer.
 *
 * @param {string} what
 * @param {Promise<import('./page/outbox.js').Outcome>} outcome
 */
export async function showRequest(what, outcome) {
  const begun = performance.now();
  const { kind } = await outcome;
  const millis = Math.round(performance.now() - begun);
  if (kind === 'applied') showText(document.getElementById('last-request'), `${what} in one request, ${millis} ms`);
  return outcome;
}
