import { backoffMillis, pause } from '../page/backoff.js';
import { request } from '../page/request.js';

/**
 * Repeats the request until the server answers: the page can show nothing before.
 *
 * @returns {Promise<string>} the name of the user that the browser has signed in
 */
export async function whoAmI() {
  for (let failures = 1; ; failures++) {
    const answer = await request('GET', 'api/me');
    if (answer.kind === 'answered') return answer.body.username;
    if (answer.kind === 'refused') throw new Error(answer.message);
    await pause(backoffMillis(failures));
  }
}
