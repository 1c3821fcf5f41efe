import { offerAddingTodos } from './page/add-form.js';
import { byId, fieldOf, find } from './page/elements.js';
import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { showText } from './page/show-text.js';
import { createTodoRows } from './page/todo-rows.js';

/** @import { Schema, Todo, TodoInsert } from '../types/lockstep.js' */

/** @typedef {'all' | 'open' | 'done'} Filter */

/** @type {Record<Filter, (todo: Todo) => boolean>} */
const PASSES = {
  all: () => true,
  open: ({ completed }) => !completed,
  done: ({ completed }) => Boolean(completed),
};

const NOTHING = { all: 'No todos yet. Add one and watch the other window.', open: 'Nothing left to do.', done: 'Nothing done yet.' };

/**
 * @param {{todos: import('@lockstep/client').Collection<Schema['todos']>, notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showTodos({ todos, notices, report }) {
  const form = byId('todo-form', HTMLFormElement);
  const filter = byId('todo-filter', HTMLElement);
  const empty = byId('todos-empty', HTMLElement);
  /** @type {import('./page/live-rows.js').View<Todo>} */
  let view = NOTHING_READ;

  /** @param {TodoInsert} fields */
  const add = (fields) => report('Not added.', todos.insert(fields));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: (fields) => void add(fields),
    notices,
    fallback: fieldOf(form, 'title', HTMLInputElement),
    fill: showTime,
  });

  function show() {
    const wanted = /** @type {Filter} */ (find(filter, ':checked', HTMLInputElement).value);
    const shown = view.entries.filter((entry) => PASSES[wanted](entry.row) || rows.isBeingEdited(entry.key));
    rows.show(shown);
    empty.hidden = shown.length > 0;
    empty.textContent = view.listed ? NOTHING[wanted] : (view.problem ?? 'Reading the list…');
    for (const each of /** @type {Filter[]} */ (Object.keys(PASSES))) {
      const count = view.entries.filter(({ row }) => PASSES[each](row)).length;
      showText(find(filter, `[data-count="${each}"]`, HTMLElement), String(count));
    }
  }

  offerAddingTodos(form, (title) => add({ title }));
  filter.addEventListener('change', show);
  watchRows(todos, (next) => {
    view = next;
    show();
  });
}

/**
 * @param {HTMLElement} element
 * @param {Todo} row
 */
function showTime(element, row) {
  const time = find(element, 'time', HTMLTimeElement);
  time.dateTime = row.createdAt ?? '';
  showText(time, row.createdAt ? timeOfDay.format(new Date(row.createdAt)) : '');
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
