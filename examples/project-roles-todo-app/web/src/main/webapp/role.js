import { byId } from './page/elements.js';
import { request } from './page/request.js';
import { showText } from './page/show-text.js';

/**
 * @typedef {'admin' | 'editor' | 'viewer' | null | undefined} Role null: none; undefined: not known yet
 * @typedef {ReturnType<typeof openRole>} OpenRole
 */

/** Interval of questions for a role that the user does not have: the server tells nothing without one. */
const NO_ROLE_MILLIS = 5_000;

/**
 * The user's role. Broadcasts carry rows, not roles: the role is read again whenever it may have changed, that is after
 * the connection opened or closed, after a refusal, and when the page becomes visible.
 *
 * @param {import('@lockstep/client').Client<any>} client
 */
export function openRole(client) {
  /** @type {Set<(role: Role) => void>} */
  const watchers = new Set();
  let { state } = client.status;
  /** @type {Role} */
  let role;
  let asked = 0;
  let timer = 0;

  async function ask() {
    const mine = ++asked;
    clearTimeout(timer);
    const answer = await request('GET', 'api/members/me');
    if (mine !== asked) return;
    if (answer.kind === 'answered') become(answer.body.role);
    if (role === null) timer = setTimeout(ask, NO_ROLE_MILLIS);
  }

  /** @param {Role} next */
  function become(next) {
    const isGiven = role === null && next !== null;
    role = next;
    watchers.forEach((watcher) => watcher(role));
    if (isGiven) client.reconnect();
  }

  client.onStatus((status) => {
    if (status.state === state) return;
    state = status.state;
    void ask();
  });
  client.onRefused(() => void ask());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && ask());
  void ask();

  return {
    /** @param {(role: Role) => void} watcher called at once and after every answer */
    watch(watcher) {
      watchers.add(watcher);
      watcher(role);
    },
  };
}

/** @param {OpenRole} role */
export function showRole(role) {
  const word = byId('role', HTMLElement);
  role.watch((now) => {
    if (now === undefined) return;
    word.dataset.role = now ?? '';
    showText(word, now ?? 'none');
    for (const cell of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.rights [data-role]'))) {
      cell.classList.toggle('is-yours', cell.dataset.role === now);
    }
  });
}
