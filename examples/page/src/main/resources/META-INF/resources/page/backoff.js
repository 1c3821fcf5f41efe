const FIRST_PAUSE_MILLIS = 500;
const PAUSE_MILLIS_MAX = 10_000;

/**
 * Pause before the next attempt. Half of it is random, so that clients that lost the server together do not reconnect
 * together.
 *
 * @param {number} failures consecutive failures; 1 after the first
 * @returns {number} milliseconds
 */
export function backoffMillis(failures) {
  const pause = Math.min(PAUSE_MILLIS_MAX, FIRST_PAUSE_MILLIS * 2 ** (failures - 1));
  return pause * (0.5 + Math.random() / 2);
}

/**
 * @param {number} millis
 * @returns {Promise<void>}
 */
export function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}
