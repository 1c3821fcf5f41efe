import { BULK_ITEMS_MAX } from './lockstep/mutation.js';
import { showText } from './lockstep/show-text.js';
import { tellRequest } from './last-request.js';

/**
 * @param {import('./lockstep/collection.js').Collection} todos
 * @param {ReturnType<import('./lockstep/notices.js').createNotices>} notices
 */
export function offerAdding(todos, notices) {
  offerOne(document.getElementById('one-form'), todos, notices);
  offerMany(document.getElementById('many-form'), todos, notices);
}

function offerOne(form, todos, notices) {
  const { title } = form.elements;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = title.value;
    title.value = '';
    const verdict = await tellRequest('1 added', todos.insert({ title: typed }));
    if (!notices.report('Not added.', verdict) && title.value === '') title.value = typed;
  });
}

function offerMany(form, todos, notices) {
  const { titles } = form.elements;
  const count = document.getElementById('many-count');

  function showCount() {
    const lines = titlesIn(titles.value).length;
    const tooMany = lines > BULK_ITEMS_MAX;
    showText(count, `${lines} of at most ${BULK_ITEMS_MAX} in one request`);
    titles.setCustomValidity(
      tooMany ? `One request takes ${BULK_ITEMS_MAX} titles at most; these are ${lines}. Remove ${lines - BULK_ITEMS_MAX}.` : '',
    );
    count.classList.toggle('is-too-many', tooMany);
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = titles.value;
    const items = titlesIn(typed).map((title) => ({ title }));
    if (items.length === 0) return;
    titles.value = '';
    showCount();
    const verdict = await tellRequest(`${items.length} added`, todos.insertAll(items));
    if (notices.report('None added.', verdict) || titles.value !== '') return;
    titles.value = typed;
    showCount();
  });
  titles.addEventListener('input', showCount);
  showCount();
}

const titlesIn = (text) => text.split('\n').filter((line) => line.trim() !== '');
