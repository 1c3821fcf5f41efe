import { offerAddingTodos } from './page/add-form.js';
import { createTodoRows } from './page/todo-rows.js';
import { showText } from './page/show-text.js';

/** The one of the project's lists that this page shows. */
const SCOPE = 'demo-project';

/**
 * The page offers the operations that the role allows. The server decides nevertheless, by the role at that time.
 *
 * @param {{todos: import('./page/collection.js').Collection, role: import('./role.js').OpenRole,
 *   notices: ReturnType<import('./page/notices.js').createNotices>}} parts
 */
export function showTodos({ todos, role, notices }) {
  const form = document.getElementById('todo-form');
  const empty = document.getElementById('todos-empty');
  const readOnly = document.getElementById('read-only');
  let view = { entries: [], listed: false, problem: null };
  let now;

  const may = () => ({ change: now === 'editor' || now === 'admin', remove: now === 'admin' });

  const add = async (fields) => report('Not added.', await todos.insert({ ...fields, scope: SCOPE }));
  const rows = createTodoRows({
    todos,
    notices,
    fallback: form.elements.title,
    add: (fields) => void add(fields),
    report,
    may,
    fill: (element, row) => showText(element.querySelector('.todo-owner'), row.ownerId ?? ''),
  });

  function report(what, outcome) {
    if (outcome.kind === 'refused') void role.askAgain();
    return notices.report(what, outcome);
  }

  /** A user who has lost the role sees no rows either. */
  function show() {
    const shown = now === null ? [] : view.entries;
    rows.show(shown);
    form.hidden = !may().change;
    readOnly.hidden = now !== 'viewer';
    document.body.classList.toggle('has-no-role', now === null);
    empty.hidden = shown.length > 0;
    empty.textContent = words();
  }

  function words() {
    if (now === null) return 'You have no role in this project.';
    if (!view.listed) return view.problem ?? 'Reading the list…';
    return may().change ? 'This project has no todos yet. Add one above.' : 'This project has no todos yet.';
  }

  offerAddingTodos(form, (title) => add({ title }));
  todos.watch((next) => {
    view = next;
    show();
  });
  role.watch((next) => {
    now = next;
    show();
  });
}
