const FIRST_PAUSE_MILLIS = 500;
const PAUSE_MILLIS_MAX = 10_000;

/**
 * How long to wait before trying again. Half of it is chance, so that clients that lost the server together do
 * not come back together.
 *
 * @param {number} failures how often it has failed in a row; 1 after the first failure
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
