import { offerAddingTodos } from './page/add-form.js';
import { showText } from './page/show-text.js';
import { createTodoRows } from './page/todo-rows.js';

const PASSES = {
  all: () => true,
  open: ({ row }) => !row.completed,
  done: ({ row }) => Boolean(row.completed),
};

const NOTHING = { all: 'No todos yet. Add one and watch the other window.', open: 'Nothing left to do.', done: 'Nothing done yet.' };

/**
 * @param {import('./page/collection.js').Collection} todos
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const form = document.getElementById('todo-form');
  const filter = document.getElementById('todo-filter');
  const empty = document.getElementById('todos-empty');
  let view = { entries: [], listed: false, problem: null };

  const add = async (fields) => notices.report('Not added.', await todos.insert(fields));
  const rows = createTodoRows({
    todos,
    notices,
    fallback: form.elements.title,
    add: (fields) => void add(fields),
    fill: showTime,
  });

  function show() {
    const wanted = filter.querySelector(':checked').value;
    const shown = view.entries.filter((entry) => PASSES[wanted](entry) || rows.isBeingEdited(entry.key));
    rows.show(shown);
    empty.hidden = shown.length > 0;
    empty.textContent = view.listed ? NOTHING[wanted] : (view.problem ?? 'Reading the list…');
    for (const count of filter.querySelectorAll('[data-count]')) {
      showText(count, String(view.entries.filter(PASSES[count.dataset.count]).length));
    }
  }

  offerAddingTodos(form, (title) => add({ title }));
  filter.addEventListener('change', show);
  todos.watch((next) => {
    view = next;
    show();
  });
}

function showTime(element, row) {
  const time = element.querySelector('time');
  time.dateTime = row.createdAt ?? '';
  showText(time, row.createdAt ? timeOfDay.format(new Date(row.createdAt)) : '');
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
