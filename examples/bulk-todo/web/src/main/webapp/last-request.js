import { showText } from './lockstep/show-text.js';

/**
 * Says what the last request did and how long it took until the server's word.
 *
 * @param {string} what
 * @param {Promise<import('./lockstep/outbox.js').Verdict>} verdict
 */
export async function tellRequest(what, verdict) {
  const begun = performance.now();
  const { kind } = await verdict;
  const millis = Math.round(performance.now() - begun);
  if (kind === 'applied') showText(document.getElementById('last-request'), `${what} in one request, ${millis} ms`);
  return verdict;
}
