import { fieldOf } from './page/elements.js';

/** How often a window repeats that it types. */
const REPEAT_MILLIS = 3_000;

/** How long the line stays without a new message: a closed window sends nothing. */
const SHOWN_MILLIS = 6_000;

/**
 * Shows that a todo is being typed in other windows, and notifies them of this one.
 *
 * @param {HTMLFormElement} form has the field `title`
 * @param {HTMLElement} line
 * @param {import('@lockstep/client').Client<any>} client receives messages
 */
export function showTypists(form, line, client) {
  const own = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const title = fieldOf(form, 'title', HTMLInputElement);
  /** @type {number | null} */
  let notifiedAt = null;
  let hideTimer = 0;

  /** @param {'PUT' | 'DELETE'} method */
  function notify(method) {
    notifiedAt = method === 'PUT' ? performance.now() : null;
    // Best effort: a lost request only leaves the line out.
    // An unread answer would count as a failed request when the window closes.
    if (client.status.state === 'live') fetch(`api/typing?window=${own}`, { method }).then((answer) => answer.text()).catch(() => {});
  }

  function typed() {
    if (title.value === '') {
      if (notifiedAt !== null) notify('DELETE');
    } else if (notifiedAt === null || performance.now() - notifiedAt > REPEAT_MILLIS) {
      notify('PUT');
    }
  }

  /** @param {number} others */
  function show(others) {
    clearTimeout(hideTimer);
    line.textContent = ['', 'A todo is being typed in another window…'][others] ?? `Todos are being typed in ${others} other windows…`;
    if (others > 0) hideTimer = setTimeout(() => show(0), SHOWN_MILLIS);
  }

  title.addEventListener('input', typed);
  form.addEventListener('submit', () => notifiedAt !== null && notify('DELETE'));
  client.onMessage((message) => {
    const { typing } = /** @type {{typing?: unknown}} */ (message);
    if (Array.isArray(typing)) show(typing.filter((window) => window !== own).length);
  });
}
