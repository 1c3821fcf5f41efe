import { createStatusBadge } from './status-badge.js';

/**
 * Shows the state of a client, and the number of its pending changes.
 *
 * @param {HTMLElement} badge see {@link createStatusBadge}
 * @param {import('@lockstep/client').Client<any>} client
 */
export function showStatus(badge, client) {
  const { showState, showWaiting } = createStatusBadge(badge);
  const show = () => showState(client.status.state, sentenceOf(client.status));
  const count = () => showWaiting(client.pending().length);
  client.onStatus(show);
  client.onPending(count);
  show();
  count();
}

/**
 * @param {import('@lockstep/client').Status} status
 * @returns {string} empty: none is needed
 */
function sentenceOf({ state, storage, reason }) {
  switch (state) {
    case 'offline':
      return `You are offline. Your changes are kept in this ${storage === 'durable' ? 'browser' : 'window'} and sent later.`;
    case 'refused':
      return reason?.code === 'FORBIDDEN' ? 'You are not allowed to read this list.' : 'You are signed out. Sign in again.';
    default:
      return '';
  }
}
