import { find } from './elements.js';
import { showText } from './show-text.js';

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline', refused: 'No access' };

/**
 * The state of the connection, and the number of pending changes, in an element with `.badge-state` (announced) and
 * `.badge-waiting` (not announced: it changes with every click). A sentence below the page's head explains the state.
 *
 * @param {HTMLElement} badge
 */
export function createStatusBadge(badge) {
  const line = document.createElement('p');
  line.className = 'offline-sentence';
  line.setAttribute('role', 'status');
  badge.closest('.masthead')?.after(line);

  return {
    /**
     * @param {'connecting' | 'live' | 'offline' | 'refused'} state
     * @param {string} [sentence] empty: none
     */
    showState(state, sentence = '') {
      badge.dataset.state = state;
      showText(find(badge, '.badge-state', HTMLElement), WORDS[state]);
      showText(line, sentence);
    },

    /** @param {number} count */
    showWaiting: (count) => showText(find(badge, '.badge-waiting', HTMLElement), count === 0 ? '' : `${count} waiting`),
  };
}
