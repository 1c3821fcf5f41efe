import { offerAddingTodos } from './page/add-form.js';
import { createTodoRows } from './page/todo-rows.js';

/**
 * @param {import('./page/collection.js').Collection} todos
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 */
export function showTodos(todos, notices) {
  const form = document.getElementById('todo-form');
  const empty = document.getElementById('todos-empty');

  const add = async (fields) => notices.report('Not added.', await todos.insert(fields));
  const rows = createTodoRows({ todos, notices, fallback: form.elements.title, add: (fields) => void add(fields) });

  offerAddingTodos(form, (title) => add({ title }));
  todos.watch(({ entries, listed, problem }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'You have no todos yet. Add one above.' : (problem ?? 'Reading the list…');
  });
}
