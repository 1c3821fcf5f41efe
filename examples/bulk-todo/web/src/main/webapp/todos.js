import { byId, find } from './page/elements.js';
import { watchRows } from './page/live-rows.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { deleteAll, insertAll, updateAll } from './changes.js';
import { createSelection } from './selection.js';

/** @import { Schema, Todo, TodoInsert } from '../types/lockstep.js' */

/**
 * @param {{client: import('@lockstep/client').Client<Schema>, notices: import('./page/notices.js').Notices,
 *   report: import('./last-request.js').TimedReports}} parts
 */
export function showTodos({ client, notices, report }) {
  const empty = byId('todos-empty', HTMLElement);
  /** @type {import('./page/live-rows.js').Entry<Todo>[]} */
  let entries = [];
  /** @type {Set<string>} */
  let picked = new Set();

  const rows = createRowList({
    list: byId('todos', HTMLElement),
    template: byId('todo-row', HTMLTemplateElement),
    more: byId('todos-more', HTMLButtonElement),
    start: (element, key) =>
      find(element, '.todo-selected', HTMLInputElement).addEventListener('change', () => selection.toggle(key)),
    fill: (element, { key, row }) => fillRow(element, row, picked.has(key)),
  });
  const selection = createSelection((keys) => {
    picked = keys;
    rows.show(entries);
  });

  byId('complete', HTMLButtonElement).addEventListener('click', () => {
    const keys = pickedEntries().filter(({ row }) => !row.completed).map(({ key }) => key);
    selection.clear();
    if (keys.length === 0) return;
    void report('None completed.', client.mutate(updateAll(keys, { completed: true })), `${keys.length} completed`);
  });
  byId('delete', HTMLButtonElement).addEventListener('click', async () => {
    const keys = selection.keys();
    const deleted = pickedEntries().map(({ row: { title, completed } }) => ({ title, completed }));
    selection.clear();
    const withdraw = notices.offerUndo(deleted.length === 1 ? 'Deleted 1 todo.' : `Deleted ${deleted.length} todos.`, () => void addAgain(deleted));
    if (!(await report('None deleted.', client.mutate(deleteAll(keys)), `${keys.length} deleted`))) withdraw();
  });

  function pickedEntries() {
    const keys = new Set(selection.keys());
    return entries.filter(({ key }) => keys.has(key));
  }

  /**
   * As new todos, in their order, with one request.
   *
   * @param {TodoInsert[]} items
   */
  function addAgain(items) {
    return report('None restored.', client.mutate(insertAll(items)), `${items.length} restored`);
  }

  watchRows(client.collection('todos'), (view) => {
    entries = view.entries;
    selection.keepWithin(entries.map(({ key }) => key));
    empty.hidden = entries.length > 0;
    empty.textContent = view.listed ? 'No todos yet. Add several at once.' : (view.problem ?? 'Reading the list…');
  });
}

/**
 * @param {HTMLElement} element
 * @param {Todo} row
 * @param {boolean} isPicked
 */
function fillRow(element, row, isPicked) {
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.classList.toggle('is-picked', isPicked);
  find(element, '.todo-selected', HTMLInputElement).checked = isPicked;
  find(element, '.row-done', HTMLElement).hidden = !row.completed;
  const text = find(element, '.row-text', HTMLElement);
  showText(find(text, 'bdi', HTMLElement), row.title);
  text.title = row.title;
}
