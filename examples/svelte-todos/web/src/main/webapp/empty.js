import { showText } from './page/show-text.js';
import { refusalText } from './page/refusals.js';

/**
 * Says why a list has no rows, in place of them.
 *
 * @param {HTMLElement} line
 * @param {import('./page/live-rows.js').View} view
 * @param {string} nothing the sentence for a channel without rows
 */
export function showEmpty(line, { entries, listed, problem }, nothing) {
  line.hidden = entries.length > 0 && problem === null;
  showText(line, sentence());

  function sentence() {
    if (problem !== null) return `The server does not serve this channel to you. ${refusalText({ message: problem }, { row: 'row', fields: {} })}`;
    return listed ? nothing : 'Reading the list…';
  }
}
