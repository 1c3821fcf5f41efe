import { offerAddingTodos } from './page/add-form.js';
import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { showText } from './page/show-text.js';
import { createTodoRows } from './page/todo-rows.js';

const PASSES = {
  all: () => true,
  open: ({ row }) => !row.completed,
  done: ({ row }) => Boolean(row.completed),
};

const NOTHING = { all: 'No todos yet. Add one and watch the other window.', open: 'Nothing left to do.', done: 'Nothing done yet.' };

/**
 * @param {{todos: import('@lockstep/client').Collection<any>, notices: ReturnType<import('./page/notices.js').createNotices>,
 *   report: ReturnType<import('./page/write-reports.js').createWriteReports>}} parts
 */
export function showTodos({ todos, notices, report }) {
  const form = document.getElementById('todo-form');
  const filter = document.getElementById('todo-filter');
  const empty = document.getElementById('todos-empty');
  let view = NOTHING_READ;

  const add = (fields) => report('Not added.', todos.insert(fields));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.delete(key)),
    add: (fields) => void add(fields),
    notices,
    fallback: form.elements.title,
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
  watchRows(todos, (next) => {
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
