import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { showRequest } from './last-request.js';
import { createSelection } from './selection.js';

/**
 * @param {import('./page/collection.js').Collection} todos
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const empty = document.getElementById('todos-empty');
  let entries = [];
  let picked = new Set();

  const rows = createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
    start: (element, key) =>
      element.querySelector('.todo-selected').addEventListener('change', () => selection.toggle(key)),
    fill: (element, { key, row }) => fillRow(element, row, picked.has(key)),
  });
  const selection = createSelection((keys) => {
    picked = keys;
    rows.show(entries);
  });

  document.getElementById('complete').addEventListener('click', async () => {
    const keys = selection.keys();
    selection.clear();
    const outcome = await showRequest(`${keys.length} completed`, todos.updateAll(keys, { completed: true }));
    notices.report('None completed.', outcome);
  });
  document.getElementById('delete').addEventListener('click', async () => {
    const keys = selection.keys();
    const deleted = entries.filter(({ key }) => keys.includes(key)).map(({ row: { title, completed } }) => ({ title, completed }));
    selection.clear();
    const withdraw = notices.offerUndo(deleted.length === 1 ? 'Deleted 1 todo.' : `Deleted ${deleted.length} todos.`, () => void addAgain(deleted));
    const outcome = await showRequest(`${keys.length} deleted`, todos.removeAll(keys));
    if (!notices.report('None deleted.', outcome)) withdraw();
  });

  /** As new todos, in their order, with one request. */
  async function addAgain(items) {
    notices.report('None restored.', await showRequest(`${items.length} restored`, todos.insertAll(items)));
  }

  todos.watch((view) => {
    entries = view.entries;
    selection.keepWithin(entries.map(({ key }) => key));
    empty.hidden = entries.length > 0;
    empty.textContent = view.listed ? 'No todos yet. Add several at once.' : (view.problem ?? 'Reading the list…');
  });
}

function fillRow(element, row, isPicked) {
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.classList.toggle('is-picked', isPicked);
  element.querySelector('.todo-selected').checked = isPicked;
  element.querySelector('.row-done').hidden = !row.completed;
  const text = element.querySelector('.row-text');
  showText(text.firstElementChild, row.title);
  text.title = row.title;
}
