import { offerAddingTodos } from './page/add-form.js';
import { showText } from './page/show-text.js';
import { createTodoRows, shortened } from './page/todo-rows.js';

/**
 * @param {{todos: import('./page/collection.js').Collection, picked: import('./picked-list.js').PickedList,
 *   notices: ReturnType<import('./page/notices.js').createNotices>}} parts
 */
export function showTodos({ todos, picked, notices }) {
  const form = document.getElementById('todo-form');
  const heading = document.getElementById('todos-heading');
  const empty = document.getElementById('todos-empty');
  const { title } = form.elements;
  let view = { entries: [], listed: false, problem: null };
  let now = { kind: 'reading', problem: null };

  const add = async (fields) => notices.report('Not added.', await todos.insert(fields));
  const rows = createTodoRows({ todos, notices, fallback: title, add: addLike });

  /** On the same list, or on the picked one if that was deleted. */
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

  offerAddingTodos(form, (typed) => add({ title: typed, scope: now.id }));
  todos.watch((next) => {
    view = next;
    show();
  });
  picked.watch((next) => {
    now = next;
    show();
  });
}
