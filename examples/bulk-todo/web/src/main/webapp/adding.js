import { offerAddingTodos } from './page/add-form.js';
import { ordinal } from './page/refusals.js';
import { showText } from './page/show-text.js';
import { BULK_ITEMS_MAX, insertAll } from './changes.js';

/**
 * @param {{client: import('@lockstep/client').Client<any>,
 *   report: ReturnType<import('./last-request.js').createTimedReports>}} parts
 */
export function offerAdding({ client, report }) {
  offerAddingTodos(document.getElementById('one-form'), (title) =>
    report('Not added.', client.collection('todos').insert({ title }), '1 added'),
  );
  offerMany(document.getElementById('many-form'), (items) =>
    report('None added.', client.mutate(insertAll(items)), `${items.length} added`),
  );
}

function offerMany(form, addAll) {
  const { titles } = form.elements;
  const count = document.getElementById('many-count');
  const problem = document.getElementById('many-problem');
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

/** @returns {string} the reason why the titles cannot be sent; empty if they can */
function problemOf(titles, lengthMax) {
  if (titles.length > BULK_ITEMS_MAX) {
    return `One request takes at most ${BULK_ITEMS_MAX} titles; there are ${titles.length}. Remove ${titles.length - BULK_ITEMS_MAX}.`;
  }
  const tooLong = titles.findIndex((title) => title.length > lengthMax);
  if (tooLong < 0) return '';
  return `The title of the ${ordinal(tooLong + 1)} todo is too long: ${titles[tooLong].length} characters (at most ${lengthMax}).`;
}

const titlesIn = (text) => text.split('\n').filter((line) => line.trim() !== '');
