import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';
import { editInPlace } from './lockstep/edit-in-place.js';
import { removeWithFocus } from './lockstep/remove-with-focus.js';

/** The list that this page shows of the project's. */
const SCOPE = 'demo-project';

/**
 * What a role does not allow is left to the server to refuse: nothing is switched off here.
 *
 * @param {{todos: import('./lockstep/collection.js').Collection, role: import('./role.js').OpenRole,
 *   notices: ReturnType<import('./lockstep/notices.js').createNotices>}} parts
 */
export function showTodos({ todos, role, notices }) {
  const form = document.getElementById('todo-form');
  const empty = document.getElementById('todos-empty');
  const { title } = form.elements;
  let view = { entries: [], listed: false, trouble: null };
  let now;

  const rows = createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
    start: (element, key) => startRow(element, key, { todos, report, fallback: title }),
    fill: fillRow,
  });

  function report(what, verdict) {
    if (verdict.kind === 'refused') void role.askAgain();
    return notices.report(what, verdict);
  }

  /** Who has no role any more keeps nothing on the screen, either. */
  function show() {
    const shown = now === null ? [] : view.entries;
    rows.show(shown);
    form.hidden = now === null;
    empty.hidden = shown.length > 0;
    empty.textContent = words();
  }

  function words() {
    if (now === null) return 'You have no role in this project.';
    return view.listed ? 'Nothing to do in this project yet.' : (view.trouble ?? 'Reading the list…');
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const todo = { title: title.value, scope: SCOPE };
    title.value = '';
    const verdict = await todos.insert(todo);
    // What was typed is not lost with the row.
    if (!report('Not added.', verdict) && title.value === '') title.value = todo.title;
  });
  todos.watch((next) => {
    view = next;
    show();
  });
  role.watch((next) => {
    now = next;
    show();
  });
}

function startRow(element, key, { todos, report, fallback }) {
  element.querySelector('.todo-completed').addEventListener('change', async ({ target }) => {
    report('Not changed.', await todos.update(key, { completed: target.checked }));
  });
  editInPlace(element.querySelector('.editable'), element.querySelector('.editor'), async (title) => {
    report('Not changed.', await todos.update(key, { title }));
  });
  removeWithFocus(element, fallback, async () => report('Not removed.', await todos.remove(key)));
}

function fillRow(element, { row }) {
  const text = element.querySelector('.row-text');
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.querySelector('.todo-completed').checked = Boolean(row.completed);
  showText(element.querySelector('.row-check span'), `Done: ${row.title}`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
  showText(element.querySelector('.todo-owner'), row.ownerId ?? '');
  showText(text, row.title);
  text.title = 'Edit the title';
}
