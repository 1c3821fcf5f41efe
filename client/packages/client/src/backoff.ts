const FIRST_PAUSE_MILLIS = 500;
const PAUSE_MILLIS_MAX = 10_000;

/**
 * Pause before the next attempt. Half of it is random, so that clients that lost the server together do not return together.
 *
 * @param failures consecutive failures, from 1
 */
export function backoffMillis(failures: number, random: () => number): number {
  const pause = Math.min(PAUSE_MILLIS_MAX, FIRST_PAUSE_MILLIS * 2 ** Math.min(failures - 1, 10));
  return pause * (0.5 + random() / 2);
}
