import { showText } from './page/show-text.js';

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline', refused: 'Refused', reconnecting: 'Connecting', closed: 'Not open' };

const SENTENCES = {
  offline: 'You are offline. Your changes are kept on this device and sent later.',
  refused: 'The server refuses this store to you. Your changes are kept on this device.',
  reconnecting: 'The server can be reached. This page connects within 30 seconds.',
};

/**
 * Shows the state of the connection in the page's head, and the number of events that the server has not confirmed.
 *
 * @param {HTMLElement} badge has `.badge-state` (announced) and `.badge-waiting` (not announced: it changes with every click)
 * @param {HTMLElement} sentence explains a state in which nothing is sent
 */
export function createStatus(badge, sentence) {
  return {
    /** @param {keyof WORDS} state */
    showState(state) {
      badge.dataset.state = state;
      showText(badge.querySelector('.badge-state'), WORDS[state]);
      showText(sentence, SENTENCES[state] ?? '');
    },

    /** @param {number} count */
    showWaiting: (count) => showText(badge.querySelector('.badge-waiting'), count === 0 ? '' : `${count} waiting`),
  };
}
