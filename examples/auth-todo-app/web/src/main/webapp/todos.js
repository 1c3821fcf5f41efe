import { offerAddingTodos } from './page/add-form.js';
import { watchRows } from './page/live-rows.js';
import { createTodoRows } from './page/todo-rows.js';

/**
 * @param {{todos: import('@lockstep/client').Collection<any>, notices: ReturnType<import('./page/notices.js').createNotices>,
 *   report: ReturnType<import('./page/write-reports.js').createWriteReports>}} parts
 */
export function showTodos({ todos, notices, report }) {
  const form = document.getElementById('todo-form');
  const empty = document.getElementById('todos-empty');

  const add = (fields) => report('Not added.', todos.insert(fields));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: (fields) => void add(fields),
    notices,
    fallback: form.elements.title,
  });

  offerAddingTodos(form, (title) => add({ title }));
  watchRows(todos, ({ entries, listed, problem }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'You have no todos yet. Add one above.' : (problem ?? 'Reading the list…');
  });
}
