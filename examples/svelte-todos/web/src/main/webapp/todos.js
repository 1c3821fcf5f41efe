import { offerAddingTodos } from './page/add-form.js';
import { createTodoRows } from './page/todo-rows.js';
import { showEmpty } from './empty.js';
import { showTime } from './time.js';

/**
 * @param {{todos: ReturnType<import('./sync/channel.js').createChannel>, notices:
 *   ReturnType<import('./page/notices.js').createNotices>, report: (heading: string, outcome:
 *   Promise<import('./sync/sender.js').Outcome>) => Promise<boolean>}} parts
 */
export function showTodos({ todos, notices, report }) {
  const form = document.getElementById('todo-form');
  const add = (title, completed = false) => report('Not added.', todos.insert({ title, completed }));
  const rows = createTodoRows({
    change: (key, fields) => report('Not changed.', todos.update(key, fields)),
    remove: (key) => report('Not removed.', todos.remove(key)),
    add: ({ title, completed }) => void add(title, completed),
    notices,
    fallback: form.elements.title,
    fill: showTime,
  });

  offerAddingTodos(form, add);
  todos.watch((view) => {
    rows.show(view.entries);
    showEmpty(document.getElementById('todos-empty'), view, 'No todos yet. Add one and watch the other window.');
  });
}
