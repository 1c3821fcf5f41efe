import { byId } from './page/elements.js';
import { showText } from './page/show-text.js';

/** @typedef {ReturnType<typeof createTimedReports>} TimedReports */

/**
 * Shows the effect of the last request and the time until the server's answer.
 *
 * @param {import('./page/write-reports.js').WriteReports} report
 * @returns {(heading: string, write: import('@lockstep/client').Write, effect: string) => Promise<boolean>} reports in the
 *   same way; `effect` is shown after a success, e.g. "12 added"
 */
export function createTimedReports(report) {
  return async (heading, write, effect) => {
    const begun = performance.now();
    const isDone = await report(heading, write);
    const millis = Math.round(performance.now() - begun);
    if (isDone) showText(byId('last-request', HTMLElement), `${effect} in one request, ${millis} ms`);
    return isDone;
  };
}
