import { showText } from './show-text.js';

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline' };

const KEPT_IN_WINDOW = 'You are offline. Your changes are kept in this window and sent later.';

/**
 * Shows the state of the connection, and the number of pending changes, in an element with `.badge-state` (announced)
 * and `.badge-waiting` (not announced: it changes with every click). While the connection is lost, a sentence below the
 * page's head explains it.
 *
 * @param {HTMLElement} badge
 * @param {import('./connection.js').Connection} connection
 * @param {import('./collection.js').Collection[]} collections
 * @param {string} [offline] the sentence
 */
export function showStatus(badge, connection, collections, offline = KEPT_IN_WINDOW) {
  const waiting = new Map();
  const sentence = document.createElement('p');
  sentence.className = 'offline-sentence';
  sentence.setAttribute('role', 'status');
  badge.closest('.masthead').after(sentence);

  const showState = () => {
    badge.dataset.state = connection.state;
    showText(badge.querySelector('.badge-state'), WORDS[connection.state]);
    showText(sentence, connection.state === 'offline' ? offline : '');
  };
  const showWaiting = () => {
    const count = [...waiting.values()].reduce((sum, each) => sum + each, 0);
    showText(badge.querySelector('.badge-waiting'), count === 0 ? '' : `${count} waiting`);
  };

  connection.subscribe((event) => event.kind === 'state' && showState());
  for (const collection of collections) {
    collection.watch(({ pendingCount }) => {
      waiting.set(collection.name, pendingCount);
      showWaiting();
    });
  }
  showState();
}
