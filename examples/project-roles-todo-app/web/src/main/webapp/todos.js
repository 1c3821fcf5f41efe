import { offerAddingTodos } from './page/add-form.js';
import { byId, fieldOf, find } from './page/elements.js';
import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { showText } from './page/show-text.js';
import { createTodoRows } from './page/todo-rows.js';

/** @import { ProjectTodo, ProjectTodoInsert, Schema } from '../types/lockstep.js' */

/** The one of the project's lists that this page shows. */
const SCOPE = 'demo-project';

/**
 * The page offers the operations that the role allows. The server decides nevertheless, by the role at that time.
 *
 * @param {{todos: import('@lockstep/client').Collection<Schema['todos']>, role: import('./role.js').OpenRole,
 *   notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showTodos({ todos, role, notices, report }) {
  const form = byId('todo-form', HTMLFormElement);
  const empty = byId('todos-empty', HTMLElement);
  const readOnly = byId('read-only', HTMLElement);
  /** @type {import('./page/live-rows.js').View<ProjectTodo>} */
  let view = NOTHING_READ;
  /** @type {import('./role.js').Role} */
  let now;

  const may = () => ({ change: now === 'editor' || now === 'admin', remove: now === 'admin' });

  /** @param {Omit<ProjectTodoInsert, 'scope'>} fields */
  const add = (fields) => report('Not added.', todos.insert({ ...fields, scope: SCOPE }));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: (fields) => void add(fields),
    notices,
    fallback: fieldOf(form, 'title', HTMLInputElement),
    may,
    fill: (element, /** @type {ProjectTodo} */ row) => showText(find(element, '.todo-owner', HTMLElement), row.ownerId ?? ''),
  });

  /** A user without a role sees no rows either, also of those that the browser keeps. */
  function show() {
    const shown = now ? view.entries : [];
    rows.show(shown);
    form.hidden = !may().change;
    readOnly.hidden = now !== 'viewer';
    document.body.classList.toggle('has-no-role', now === null);
    empty.hidden = shown.length > 0;
    empty.textContent = words();
  }

  function words() {
    if (now === null) return 'You have no role in this project.';
    if (now === undefined || !view.listed) return view.problem ?? 'Reading the list…';
    return may().change ? 'This project has no todos yet. Add one above.' : 'This project has no todos yet.';
  }

  offerAddingTodos(form, (title) => add({ title }));
  watchRows(todos, (next) => {
    view = next;
    show();
  });
  role.watch((next) => {
    now = next;
    show();
  });
}
