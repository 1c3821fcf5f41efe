import { offerAddingTodos } from './page/add-form.js';
import { byId, fieldOf } from './page/elements.js';
import { ordinal } from './page/refusals.js';
import { showText } from './page/show-text.js';
import { BULK_ITEMS_MAX, insertAll } from './changes.js';

/** @import { Schema, TodoInsert } from '../types/lockstep.js' */

/**
 * @param {{client: import('@lockstep/client').Client<Schema>,
 *   report: import('./last-request.js').TimedReports}} parts
 */
export function offerAdding({ client, report }) {
  offerAddingTodos(byId('one-form', HTMLFormElement), (title) =>
    report('Not added.', client.collection('todos').insert({ title }), '1 added'),
  );
  offerMany(byId('many-form', HTMLFormElement), (items) =>
    report('None added.', client.mutate(insertAll(items)), `${items.length} added`),
  );
}

/**
 * @param {HTMLFormElement} form has the field `titles`
 * @param {(items: TodoInsert[]) => Promise<boolean>} addAll whether they were added
 */
function offerMany(form, addAll) {
  const titles = fieldOf(form, 'titles', HTMLTextAreaElement);
  const count = byId('many-count', HTMLElement);
  const problem = byId('many-problem', HTMLElement);
  const lengthMax = Number(titles.dataset.lengthMax);

  function check() {
    const lines = titlesIn(titles.value);
    const words = problemOf(lines, lengthMax);
    showText(count, `${lines.length} of at most ${BULK_ITEMS_MAX} in one request`);
    count.classList.toggle('is-too-many', lines.length > BULK_ITEMS_MAX);
    titles.setCustomValidity(words);
    showText(problem, words);
    problem.hidden = words === '';
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = titles.value;
    const items = titlesIn(typed).map((title) => ({ title }));
    if (items.length === 0) return;
    titles.value = '';
    check();
    if ((await addAll(items)) || titles.value !== '') return;
    titles.value = typed;
    check();
  });
  titles.addEventListener('input', check);
  check();
}

/**
 * @param {string[]} titles
 * @param {number} lengthMax
 * @returns {string} the reason why the titles cannot be sent; empty if they can
 */
function problemOf(titles, lengthMax) {
  if (titles.length > BULK_ITEMS_MAX) {
    return `One request takes at most ${BULK_ITEMS_MAX} titles; there are ${titles.length}. Remove ${titles.length - BULK_ITEMS_MAX}.`;
  }
  const at = titles.findIndex((title) => title.length > lengthMax);
  const tooLong = titles[at];
  if (tooLong === undefined) return '';
  return `The title of the ${ordinal(at + 1)} todo is too long: ${tooLong.length} characters (at most ${lengthMax}).`;
}

/** @param {string} text */
const titlesIn = (text) => text.split('\n').filter((line) => line.trim() !== '');
