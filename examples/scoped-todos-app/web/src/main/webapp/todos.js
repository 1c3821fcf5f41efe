import { editInPlace } from './lockstep/edit-in-place.js';
import { removeWithFocus } from './lockstep/remove-with-focus.js';
import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';

/**
 * @param {{todos: import('./lockstep/collection.js').Collection, picked: import('./picked-list.js').PickedList,
 *   notices: ReturnType<import('./lockstep/notices.js').createNotices>}} parts
 */
export function showTodos({ todos, picked, notices }) {
  const form = document.getElementById('todo-form');
  const heading = document.getElementById('todos-heading');
  const empty = document.getElementById('todos-empty');
  const { title } = form.elements;
  let view = { entries: [], listed: false, trouble: null };
  let now = { kind: 'reading', trouble: null };

  const rows = createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
    start: (element, key) => startRow(element, key, { todos, notices, fallback: title }),
    fill: fillRow,
  });

  function show() {
    const shown = now.kind === 'list' ? view.entries.filter(({ row }) => row.scope === now.id) : [];
    rows.show(shown);
    form.hidden = now.kind !== 'list';
    showText(heading, now.kind === 'list' ? now.row.name : 'Todos');
    empty.hidden = shown.length > 0;
    empty.textContent = words();
  }

  function words() {
    switch (now.kind) {
      case 'reading':
        return now.trouble ?? 'Reading the lists…';
      case 'none':
        return 'Todos stand on lists. Make one first.';
      case 'gone':
        return 'This list was deleted, and its todos with it. Pick another.';
      case 'list':
        return view.listed ? 'Nothing on this list yet.' : (view.trouble ?? 'Reading the todos…');
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const todo = { title: title.value, scope: now.id };
    title.value = '';
    const verdict = await todos.insert(todo);
    // What was typed is not lost with the row.
    if (!notices.report('Not added.', verdict) && title.value === '') title.value = todo.title;
  });
  todos.watch((next) => {
    view = next;
    show();
  });
  picked.watch((next) => {
    now = next;
    show();
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
