import { byId, fieldOf, find } from './page/elements.js';
import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/** @import { ScopedTodo, Schema, TodoList } from '../types/lockstep.js' */
/** @import { TypedChange } from '@lockstep/client' */

/** Most rows of one request. The server refuses more. */
const BULK_ITEMS_MAX = 100;

/**
 * @param {{client: import('@lockstep/client').Client<Schema>, picked: import('./picked-list.js').PickedList,
 *   notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showLists({ client, picked, notices, report }) {
  const lists = client.collection('lists');
  const todos = client.collection('scopedTodos');
  const form = byId('list-form', HTMLFormElement);
  const empty = byId('lists-empty', HTMLElement);
  const name = fieldOf(form, 'name', HTMLInputElement);
  const color = fieldOf(form, 'color', HTMLSelectElement);
  /** @type {import('./page/live-rows.js').View<TodoList>} */
  let view = NOTHING_READ;
  /** @type {string | null} */
  let pickedId = null;
  /** @type {Map<string, number>} by list */
  let openTodos = new Map();

  const rows = createRowList({
    list: byId('lists', HTMLElement),
    template: byId('list-row', HTMLTemplateElement),
    more: byId('lists-more', HTMLButtonElement),
    start,
    fill: (element, { row }) => fillRow(element, row, row.id === pickedId, openTodos.get(row.id) ?? 0),
  });

  const show = () => rows.show(view.entries);

  /**
   * @param {HTMLElement} element
   * @param {string} key
   */
  function start(element, key) {
    const pick = find(element, '.list-picked', HTMLInputElement);
    pick.addEventListener('change', () => picked.pick(pick.value));
    removeWithFocus(element, name, async () => {
      const row = lists.get(key);
      if (!row) return;
      const todosOfList = todos.rows.filter(({ scope }) => scope === row.id);
      const withdraw = notices.offerUndo(deletedWords(row, todosOfList.length), () => void addAgain(row, todosOfList));
      if (!(await report('Not removed.', lists.delete(key)))) withdraw();
    });
  }

  /**
   * The list and its todos as new rows, the todos in their order: the newest mutation is shown first.
   *
   * @param {TodoList} list
   * @param {ScopedTodo[]} todosOfList
   */
  async function addAgain({ name, color }, todosOfList) {
    const write = lists.insert({ name, color });
    const [scope] = write.rowIds;
    const isListBack = report('Not restored.', write);
    /** @type {TypedChange<Schema>[]} */
    const items = todosOfList.map(({ title, completed }) => ({
      kind: 'insert',
      collection: 'scopedTodos',
      fields: { title, completed, scope },
    }));
    picked.pick(scope);
    for (let end = items.length; end > 0; end -= BULK_ITEMS_MAX) {
      void report('Some todos were not restored.', client.mutate(items.slice(Math.max(0, end - BULK_ITEMS_MAX), end)));
    }
    await isListBack;
  }

  limitText(name, 'name', find(form, '.field-problem', HTMLElement));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const list = { name: name.value, color: color.value };
    setText(name, '');
    const write = lists.insert(list);
    if (await report('Not added.', write)) picked.pick(write.rowIds[0]);
    else if (name.value === '') setText(name, list.name);
  });
  watchRows(lists, (next) => {
    view = next;
    show();
    empty.hidden = view.entries.length > 0;
    empty.textContent = view.listed ? 'No lists yet. Add one above.' : (view.problem ?? 'Reading the lists…');
  });
  watchRows(todos, (next) => {
    const open = next.entries.filter(({ row }) => !row.completed);
    openTodos = new Map();
    open.forEach(({ row }) => openTodos.set(row.scope, (openTodos.get(row.scope) ?? 0) + 1));
    show();
  });
  picked.watch((now) => {
    pickedId = now.kind === 'list' ? now.id : null;
    show();
  });
}

/**
 * @param {TodoList} list
 * @param {number} count of its todos
 */
function deletedWords({ name }, count) {
  const withTodos = count === 0 ? '' : count === 1 ? ' and its todo' : ` and its ${count} todos`;
  return `Deleted the list “${shortened(name)}”${withTodos}.`;
}

/**
 * @param {HTMLElement} element
 * @param {TodoList} row
 * @param {boolean} isPicked
 * @param {number} open count of its open todos
 */
function fillRow(element, row, isPicked, open) {
  const pick = find(element, '.list-picked', HTMLInputElement);
  const count = find(element, '.list-open', HTMLElement);
  element.classList.toggle('is-picked', isPicked);
  find(element, '.swatch', HTMLElement).dataset.color = row.color;
  pick.value = row.id;
  pick.checked = isPicked;
  showText(find(element, '.row-text bdi', HTMLElement), row.name);
  find(element, '.row-text', HTMLElement).title = row.name;
  showText(count, `${open} open`);
  find(element, '.row-remove', HTMLElement).setAttribute('aria-label', `Remove ${row.name} and its todos`);
}
