import { offerAddingTodos } from './page/add-form.js';
import { BULK_ITEMS_MAX } from './page/mutation.js';
import { ordinal } from './page/refusals.js';
import { showText } from './page/show-text.js';
import { showRequest } from './last-request.js';

/**
 * @param {import('./page/collection.js').Collection} todos
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 */
export function offerAdding(todos, notices) {
  offerAddingTodos(document.getElementById('one-form'), async (title) =>
    notices.report('Not added.', await showRequest('1 added', todos.insert({ title }))),
  );
  offerMany(document.getElementById('many-form'), todos, notices);
}

function offerMany(form, todos, notices) {
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
    const outcome = await showRequest(`${items.length} added`, todos.insertAll(items));
    if (notices.report('None added.', outcome) || titles.value !== '') return;
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
