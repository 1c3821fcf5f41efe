/** A request without an answer for this long counts as lost. */
const ANSWER_MILLIS_MAX = 10_000;

/** Refusals that a repeat may turn into success: timed out, too early, too many. */
const RETRYABLE_REFUSALS = new Set([408, 425, 429]);

/** The application is mounted at an unknown context path, and serves this module one folder below it. */
const application = new URL('../', import.meta.url);

/**
 * @typedef {{kind: 'answered', body: any} | {kind: 'refused', message: string, status: number}
 *   | {kind: 'unreachable', message: string}} Answer `refused` is final; after `unreachable` a request may be tried again
 */

/**
 * A request to an endpoint of the application's own. The client's collections need none.
 *
 * @param {string} method
 * @param {string | URL} path below the application, e.g. `api/me`, already percent-encoded
 * @returns {Promise<Answer>}
 */
export async function request(method, path) {
  try {
    const response = await fetch(new URL(path, application), {
      method,
      cache: 'no-cache',
      signal: AbortSignal.timeout(ANSWER_MILLIS_MAX),
    });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', body: JSON.parse(text) };
    const { status } = response;
    const isFinal = status >= 400 && status < 500 && !RETRYABLE_REFUSALS.has(status);
    return { kind: isFinal ? 'refused' : 'unreachable', status, message: messageIn(text, status) };
  } catch {
    return { kind: 'unreachable', message: 'The server cannot be reached.' };
  }
}

/**
 * @param {string} text
 * @param {number} status
 */
function messageIn(text, status) {
  try {
    return String(JSON.parse(text).error.message);
  } catch {
    return `The server answered with the status ${status}.`;
  }
}
