import { endpointUrl } from './page/application.js';
import { request } from './page/request.js';
import { showText } from './page/show-text.js';

/**
 * @typedef {'admin' | 'editor' | 'viewer' | null | undefined} Role null: none; undefined: not known yet
 * @typedef {ReturnType<typeof openRole>} OpenRole
 */

/**
 * The user's role. Broadcasts carry rows, not roles: the role is read again whenever it may have changed, that is after
 * the connection opened or closed, after a refusal, and when the page becomes visible.
 *
 * @param {import('./page/connection.js').Connection} connection
 */
export function openRole(connection) {
  const watchers = new Set();
  /** @type {Role} */
  let role;
  let asked = 0;

  async function askAgain() {
    const mine = ++asked;
    const answer = await request('GET', endpointUrl('members/me'));
    if (answer.kind !== 'answered' || mine !== asked) return;
    role = answer.body.role;
    watchers.forEach((watcher) => watcher(role));
  }

  connection.subscribe(({ kind }) => kind === 'state' && askAgain());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && askAgain());
  void askAgain();

  return {
    askAgain,

    /** @param {(role: Role) => void} watcher called at once and after every answer */
    watch(watcher) {
      watchers.add(watcher);
      watcher(role);
    },
  };
}

/** @param {OpenRole} role */
export function showRole(role) {
  const word = document.getElementById('role');
  role.watch((now) => {
    if (now === undefined) return;
    word.dataset.role = now ?? '';
    showText(word, now ?? 'none');
    for (const cell of document.querySelectorAll('.rights [data-role]')) {
      cell.classList.toggle('is-yours', cell.dataset.role === now);
    }
  });
}
