// Waits for conditions, never for a time.

/** The longest wait for a condition that says nothing else. */
export const WAIT_MILLIS_MAX = 20_000;

const LOOK_AGAIN_MILLIS = 40;

/**
 * Repeats `look` until it returns something.
 *
 * @template T
 * @param {string} what the condition, for the message of a failure
 * @param {() => Promise<T | undefined | false>} look
 * @param {number} millisMax
 * @returns {Promise<T>}
 */
export async function until(what, look, millisMax = WAIT_MILLIS_MAX) {
  const end = Date.now() + millisMax;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${millisMax / 1000} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLIS));
  }
}

/** The same promise, or an error if it takes too long. */
export function within(what, work, millisMax = WAIT_MILLIS_MAX) {
  let timer;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${millisMax / 1000} s: ${what}`)), millisMax);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
