import { offerAddingTodos } from './page/add-form.js';
import { byId, fieldOf } from './page/elements.js';
import { watchRows } from './page/live-rows.js';
import { createTodoRows } from './page/todo-rows.js';

/** @import { OwnTodoInsert, Schema } from '../types/lockstep.js' */

/**
 * @param {{todos: import('@lockstep/client').Collection<Schema['todos']>, notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showTodos({ todos, notices, report }) {
  const form = byId('todo-form', HTMLFormElement);
  const empty = byId('todos-empty', HTMLElement);

  /** @param {OwnTodoInsert} fields */
  const add = (fields) => report('Not added.', todos.insert(fields));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: (fields) => void add(fields),
    notices,
    fallback: fieldOf(form, 'title', HTMLInputElement),
  });

  offerAddingTodos(form, (title) => add({ title }));
  watchRows(todos, ({ entries, listed, problem }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'You have no todos yet. Add one above.' : (problem ?? 'Reading the list…');
  });
}
