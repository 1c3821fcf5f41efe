import { offerAddingTodos } from './page/add-form.js';
import { createTodoRows } from './page/todo-rows.js';
import { showEmpty } from './empty.js';
import { showTime } from './time.js';

/**
 * @param {ReturnType<import('./sync/channel.js').createChannel>} todos
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const form = document.getElementById('todo-form');
  const add = async (title, completed = false) => notices.report('Not added.', await todos.insert({ title, completed }));
  const rows = createTodoRows({
    todos,
    notices,
    fallback: form.elements.title,
    add: ({ title, completed }) => void add(title, completed),
    fill: showTime,
  });

  offerAddingTodos(form, add);
  todos.watch((view) => {
    rows.show(view.entries);
    showEmpty(document.getElementById('todos-empty'), view, 'No todos yet. Add one and watch the other window.');
  });
}
