import { showText } from './page/show-text.js';

const REFUSED = 'The server refused this token. Check it and try again.';

/** Names of stores are public; their tokens are kept only until this tab is closed. */
const keyOf = (name) => `livestore-notes.token.${name}`;

/**
 * Asks the user for the token of a store, until the server accepts one or cannot be reached.
 *
 * @param {string} name of the store
 * @param {(token: string) => Promise<'accepted' | 'refused' | 'unreachable'>} ask
 * @returns {Promise<string>}
 */
export async function tokenFor(name, ask) {
  const kept = sessionStorage.getItem(keyOf(name));
  if (kept !== null && (await ask(kept)) !== 'refused') return kept;
  const panel = document.getElementById('token-panel');
  const form = document.getElementById('token-form');
  const problem = form.querySelector('.field-problem');
  const { token } = form.elements;
  panel.hidden = false;
  if (kept !== null) refuse();
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const typed = token.value.trim();
      if ((await ask(typed)) === 'refused') return refuse();
      sessionStorage.setItem(keyOf(name), typed);
      panel.hidden = true;
      resolve(typed);
    });
    token.addEventListener('input', () => {
      problem.hidden = true;
      showText(problem, '');
      token.removeAttribute('aria-invalid');
    });
  });

  function refuse() {
    problem.hidden = false;
    showText(problem, REFUSED);
    token.setAttribute('aria-invalid', 'true');
    token.focus();
    token.select();
  }
}

/** Forgets the token of a store, so that the next page asks for it. */
export const forgetToken = (name) => sessionStorage.removeItem(keyOf(name));
