import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';
import { editInPlace } from './lockstep/edit-in-place.js';
import { removeWithFocus } from './lockstep/remove-with-focus.js';

const PASSES = {
  all: () => true,
  open: ({ row }) => !row.completed,
  done: ({ row }) => Boolean(row.completed),
};

const NOTHING = { all: 'No todos yet. Add one and watch the other window.', open: 'Nothing left to do.', done: 'Nothing done yet.' };

/**
 * @param {import('./lockstep/collection.js').Collection} todos
 * @param {ReturnType<import('./lockstep/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const form = document.getElementById('todo-form');
  const filter = document.getElementById('todo-filter');
  const empty = document.getElementById('todos-empty');
  let view = { entries: [], listed: false, trouble: null };

  const rows = createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
    start: (element, key) => startRow(element, key, { todos, notices, fallback: form.elements.title }),
    fill: fillRow,
  });

  function show() {
    const wanted = filter.querySelector(':checked').value;
    const shown = view.entries.filter(PASSES[wanted]);
    rows.show(shown);
    empty.hidden = shown.length > 0;
    empty.textContent = view.listed ? NOTHING[wanted] : (view.trouble ?? 'Reading the list…');
    for (const count of filter.querySelectorAll('[data-count]')) {
      showText(count, String(view.entries.filter(PASSES[count.dataset.count]).length));
    }
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const title = form.elements.title.value;
    form.elements.title.value = '';
    const verdict = await todos.insert({ title });
    // What was typed is not lost with the row.
    if (!notices.report('Not added.', verdict) && form.elements.title.value === '') form.elements.title.value = title;
  });
  filter.addEventListener('change', show);
  todos.watch((next) => {
    view = next;
    show();
  });
}

function startRow(element, key, { todos, notices, fallback }) {
  element.querySelector('.todo-completed').addEventListener('change', async ({ target }) => {
    notices.report('Not changed.', await todos.update(key, { completed: target.checked }));
  });
  editInPlace(element.querySelector('.editable'), element.querySelector('.editor'), async (title) => {
    notices.report('Not changed.', await todos.update(key, { title }));
  });
  removeWithFocus(element, fallback, async () => notices.report('Not removed.', await todos.remove(key)));
}

function fillRow(element, { row }) {
  const text = element.querySelector('.row-text');
  const time = element.querySelector('time');
  element.classList.toggle('is-completed', Boolean(row.completed));
  element.querySelector('.todo-completed').checked = Boolean(row.completed);
  showText(element.querySelector('.row-check span'), `Done: ${row.title}`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
  showText(text, row.title);
  text.title = 'Edit the title';
  time.dateTime = row.createdAt ?? '';
  showText(time, row.createdAt ? timeOfDay.format(new Date(row.createdAt)) : '');
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
