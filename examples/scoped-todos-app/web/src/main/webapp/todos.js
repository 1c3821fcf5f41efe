import { offerAddingTodos } from './page/add-form.js';
import { byId, fieldOf } from './page/elements.js';
import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { showText } from './page/show-text.js';
import { createTodoRows, shortened } from './page/todo-rows.js';

/** @import { Schema, ScopedTodo, ScopedTodoInsert } from '../types/lockstep.js' */

/**
 * @param {{todos: import('@lockstep/client').Collection<Schema['scopedTodos']>, picked: import('./picked-list.js').PickedList,
 *   notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showTodos({ todos, picked, notices, report }) {
  const form = byId('todo-form', HTMLFormElement);
  const heading = byId('todos-heading', HTMLElement);
  const empty = byId('todos-empty', HTMLElement);
  const title = fieldOf(form, 'title', HTMLInputElement);
  /** @type {import('./page/live-rows.js').View<ScopedTodo>} */
  let view = NOTHING_READ;
  /** @type {import('./picked-list.js').Picked} */
  let now = { kind: 'reading', problem: null };

  /** @param {ScopedTodoInsert} fields */
  const add = (fields) => report('Not added.', todos.insert(fields));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: addLike,
    notices,
    fallback: title,
  });

  /**
   * On the same list, or on the picked one if that was deleted.
   *
   * @param {Omit<ScopedTodoInsert, 'scope'>} fields
   * @param {ScopedTodo} row
   */
  function addLike(fields, row) {
    const scope = picked.isThere(row.scope) ? row.scope : now.kind === 'list' ? now.id : null;
    if (scope !== null) {
      void add({ ...fields, scope });
      return true;
    }
    notices.show('Not added.', 'The list was deleted. Pick another list first.');
    return false;
  }

  function show() {
    const list = now.kind === 'list' ? now : null;
    const shown = list ? view.entries.filter(({ row }) => row.scope === list.id) : [];
    rows.show(shown);
    form.hidden = list === null;
    showText(heading, list?.row.name ?? 'Todos');
    empty.hidden = shown.length > 0;
    empty.textContent = words();
  }

  function words() {
    switch (now.kind) {
      case 'reading':
        return now.problem ?? 'Reading the lists…';
      case 'none':
        return 'Each todo is on a list. Add a list first.';
      case 'gone':
        return `This list was deleted, and its todos with it. ${whatNext()}`;
      case 'list':
        return view.listed ? 'Nothing on this list yet. Add a todo above.' : (view.problem ?? 'Reading the todos…');
    }
  }

  /** A half-typed todo is kept when its list is deleted: the form returns with the next picked list. */
  function whatNext() {
    const typed = title.value.trim();
    const next = picked.isAny() ? 'pick another list' : 'add another list';
    return typed === '' ? `To continue, ${next}.` : `Your text “${shortened(typed)}” is kept: ${next} to add it there.`;
  }

  offerAddingTodos(form, async (typed) => now.kind === 'list' && add({ title: typed, scope: now.id }));
  watchRows(todos, (next) => {
    view = next;
    show();
  });
  picked.watch((next) => {
    now = next;
    show();
  });
}
