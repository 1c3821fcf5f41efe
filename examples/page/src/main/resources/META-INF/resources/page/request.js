/** A request without an answer for this long counts as lost. The mutation id makes a repeat safe. */
const ANSWER_MILLIS_MAX = 10_000;

/** Refusals that a repeat may turn into success: timed out, too early, too many. */
const RETRYABLE_REFUSALS = new Set([408, 425, 429]);

/**
 * @typedef {{kind: 'answered', body: any} | {kind: 'refused', message: string, status: number,
 *   issues: import('./refusals.js').Issue[]} | {kind: 'failed', message: string} | {kind: 'unreachable',
 *   message: string}} Answer `refused` is final; `failed` (by the server) and `unreachable` (result unknown) may be
 *   tried again.
 */

/**
 * @param {string} method
 * @param {URL} url
 * @param {unknown} [body] sent as JSON
 * @returns {Promise<Answer>}
 */
export async function request(method, url, body) {
  let response;
  try {
    response = await fetch(url, {
      method,
      cache: 'no-cache', // a list may come from the cache, but only after the server has confirmed it
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MILLIS_MAX),
    });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', body: JSON.parse(text) };
    return isFinal(response.status)
      ? { kind: 'refused', status: response.status, ...errorIn(text, response.status) }
      : { kind: 'failed', message: errorIn(text, response.status).message };
  } catch {
    return { kind: 'unreachable', message: 'The server cannot be reached.' };
  }
}

const isFinal = (status) => status >= 400 && status < 500 && !RETRYABLE_REFUSALS.has(status);

function errorIn(text, status) {
  try {
    const { message, issues } = JSON.parse(text).error;
    return { message: String(message), issues: Array.isArray(issues) ? issues : [] };
  } catch {
    return { message: `The server answered with the status ${status}.`, issues: [] };
  }
}
