import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';
import { editInPlace } from './lockstep/edit-in-place.js';
import { removeWithFocus } from './lockstep/remove-with-focus.js';

/**
 * @param {import('./lockstep/collection.js').Collection} todos
 * @param {ReturnType<import('./lockstep/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const form = document.getElementById('todo-form');
  const empty = document.getElementById('todos-empty');
  const { title } = form.elements;

  const rows = createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
    start: (element, key) => startRow(element, key, { todos, notices, fallback: title }),
    fill: fillRow,
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const todo = { title: title.value };
    title.value = '';
    const verdict = await todos.insert(todo);
    // What was typed is not lost with the row.
    if (!notices.report('Not added.', verdict) && title.value === '') title.value = todo.title;
  });
  todos.watch(({ entries, listed, trouble }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'No todos of yours yet.' : (trouble ?? 'Reading the list…');
  });
}

function startRow(element, key, { todos, notices, fallback }) {
  element.querySelector('.todo-completed').addEventListener('change', async ({ target }) => {
    notices.report('Not changed.', await todos.update(key, { completed: target.checked }));
  });
  editInPlace(element.querySelector('.editable'), element.querySelector('.editor'), async (title) => {
    notices.report('Not changed.', await todos.update(key, { title }));
  });
  removeWithFocus(element, fallback, async () => notices.report('Not removed.', await todos.remove(key)));
}

function fillRow(element, { row }) {
  const text = element.querySelector('.row-text');
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.querySelector('.todo-completed').checked = Boolean(row.completed);
  showText(element.querySelector('.row-check span'), `Done: ${row.title}`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
  showText(text, row.title);
  text.title = 'Edit the title';
}
