import { watchRows } from './page/live-rows.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { deleteAll, insertAll, updateAll } from './changes.js';
import { createSelection } from './selection.js';

/**
 * @param {{client: import('@lockstep/client').Client<any>, notices: ReturnType<import('./page/notices.js').createNotices>,
 *   report: ReturnType<import('./last-request.js').createTimedReports>}} parts
 */
export function showTodos({ client, notices, report }) {
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

  document.getElementById('complete').addEventListener('click', () => {
    const keys = pickedEntries().filter(({ row }) => !row.completed).map(({ key }) => key);
    selection.clear();
    if (keys.length === 0) return;
    void report('None completed.', client.mutate(updateAll(keys, { completed: true })), `${keys.length} completed`);
  });
  document.getElementById('delete').addEventListener('click', async () => {
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

  /** As new todos, in their order, with one request. */
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

function fillRow(element, row, isPicked) {
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.classList.toggle('is-picked', isPicked);
  element.querySelector('.todo-selected').checked = isPicked;
  element.querySelector('.row-done').hidden = !row.completed;
  const text = element.querySelector('.row-text');
  showText(text.firstElementChild, row.title);
  text.title = row.title;
}
