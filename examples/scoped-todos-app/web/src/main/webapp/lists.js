import { NOTHING_READ, watchRows } from './page/live-rows.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/** Most rows of one request. The server refuses more. */
const BULK_ITEMS_MAX = 100;

/**
 * @param {{client: import('@lockstep/client').Client<any>, picked: import('./picked-list.js').PickedList,
 *   notices: ReturnType<import('./page/notices.js').createNotices>,
 *   report: ReturnType<import('./page/write-reports.js').createWriteReports>}} parts
 */
export function showLists({ client, picked, notices, report }) {
  const lists = client.collection('lists');
  const todos = client.collection('scopedTodos');
  const form = document.getElementById('list-form');
  const empty = document.getElementById('lists-empty');
  const { name, color } = form.elements;
  let view = NOTHING_READ;
  let pickedId = null;
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
      const todosOfList = todos.rows.filter(({ scope }) => scope === row.id);
      const withdraw = notices.offerUndo(deletedWords(row, todosOfList.length), () => void addAgain(row, todosOfList));
      if (!(await report('Not removed.', lists.delete(key)))) withdraw();
    });
  }

  /** The list and its todos as new rows, the todos in their order: the newest mutation is shown first. */
  async function addAgain({ name, color }, todosOfList) {
    const write = lists.insert({ name, color });
    const [scope] = write.rowIds;
    const isListBack = report('Not restored.', write);
    const items = todosOfList.map(({ title, completed }) => ({
      kind: 'insert',
      collection: todos.name,
      fields: { title, completed, scope },
    }));
    picked.pick(scope);
    for (let end = items.length; end > 0; end -= BULK_ITEMS_MAX) {
      void report('Some todos were not restored.', client.mutate(items.slice(Math.max(0, end - BULK_ITEMS_MAX), end)));
    }
    await isListBack;
  }

  limitText(name, 'name', form.querySelector('.field-problem'));
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

function deletedWords({ name }, count) {
  const withTodos = count === 0 ? '' : count === 1 ? ' and its todo' : ` and its ${count} todos`;
  return `Deleted the list “${shortened(name)}”${withTodos}.`;
}

function fillRow(element, row, isPicked, open) {
  const pick = element.querySelector('.list-picked');
  const count = element.querySelector('.list-open');
  element.classList.toggle('is-picked', isPicked);
  element.querySelector('.swatch').dataset.color = row.color;
  pick.value = row.id;
  pick.checked = isPicked;
  showText(element.querySelector('.row-text bdi'), row.name);
  element.querySelector('.row-text').title = row.name;
  showText(count, `${open} open`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove ${row.name} and its todos`);
}
