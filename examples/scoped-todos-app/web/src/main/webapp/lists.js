import { partsOf } from './page/mutation.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/**
 * @param {{lists: import('./page/collection.js').Collection, todos: import('./page/collection.js').Collection,
 *   picked: import('./picked-list.js').PickedList, notices: ReturnType<import('./page/notices.js').createNotices>}} parts
 */
export function showLists({ lists, todos, picked, notices }) {
  const form = document.getElementById('list-form');
  const empty = document.getElementById('lists-empty');
  const { name, color } = form.elements;
  let view = { entries: [], listed: false, problem: null };
  let pickedId = null;
  let todosView = { entries: [] };
  let openTodos = new Map();

  const rows = createRowList({
    list: document.getElementById('lists'),
    template: document.getElementById('list-row'),
    more: document.getElementById('lists-more'),
    start,
    fill: (element, { row }) => fillRow(element, row, row.id === pickedId, openTodos.get(row.id) ?? 0),
  });

  const show = () => rows.show(view.entries);

  function start(element, key) {
    element.querySelector('.list-picked').addEventListener('change', ({ target }) => picked.pick(target.value));
    removeWithFocus(element, name, async () => {
      const { row } = view.entries.find((entry) => entry.key === key);
      const todosOfList = todosView.entries.map((entry) => entry.row).filter(({ scope }) => scope === row.id);
      const withdraw = notices.offerUndo(deletedWords(row, todosOfList.length), () => void addAgain(row, todosOfList));
      if (!notices.report('Not removed.', await lists.remove(key))) withdraw();
    });
  }

  /** The list and its todos as new rows, the todos in their order. */
  async function addAgain(row, todosOfList) {
    const outcome = await lists.insert({ name: row.name, color: row.color });
    if (!notices.report('Not restored.', outcome)) return;
    const { id } = [outcome.data].flat()[0];
    picked.pick(id);
    const items = todosOfList.map(({ title, completed }) => ({ title, completed, scope: id }));
    for (const part of partsOf(items).reverse()) {
      if (!notices.report('Some todos were not restored.', await todos.insertAll(part))) return;
    }
  }

  limitText(name, 'name', form.querySelector('.field-problem'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const list = { name: name.value, color: color.value };
    setText(name, '');
    const outcome = await lists.insert(list);
    if (notices.report('Not added.', outcome)) picked.pick([outcome.data].flat()[0].id);
    else if (name.value === '') setText(name, list.name);
  });
  lists.watch((next) => {
    view = next;
    show();
    empty.hidden = view.entries.length > 0;
    empty.textContent = view.listed ? 'No lists yet. Add one above.' : (view.problem ?? 'Reading the lists…');
  });
  todos.watch((next) => {
    todosView = next;
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

function deletedWords({ name }, count) {
  const withTodos = count === 0 ? '' : count === 1 ? ' and its todo' : ` and its ${count} todos`;
  return `Deleted the list “${shortened(name)}”${withTodos}.`;
}

/** A list that still waits for the server has no id, so it cannot get todos yet. */
function fillRow(element, row, isPicked, open) {
  const pick = element.querySelector('.list-picked');
  const count = element.querySelector('.list-open');
  element.classList.toggle('is-picked', isPicked);
  element.querySelector('.swatch').dataset.color = row.color;
  pick.value = row.id ?? '';
  pick.disabled = row.id === undefined;
  pick.checked = isPicked;
  showText(element.querySelector('.row-text bdi'), row.name);
  element.querySelector('.row-text').title = row.name;
  showText(count, `${open} open`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove ${row.name} and its todos`);
}
