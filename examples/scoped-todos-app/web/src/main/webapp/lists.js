import { removeWithFocus } from './lockstep/remove-with-focus.js';
import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';

/**
 * @param {{lists: import('./lockstep/collection.js').Collection, todos: import('./lockstep/collection.js').Collection,
 *   picked: import('./picked-list.js').PickedList, notices: ReturnType<import('./lockstep/notices.js').createNotices>}} parts
 */
export function showLists({ lists, todos, picked, notices }) {
  const form = document.getElementById('list-form');
  const empty = document.getElementById('lists-empty');
  const { name, color } = form.elements;
  let view = { entries: [], listed: false, trouble: null };
  let pickedId = null;
  let openTodos = new Map();

  const rows = createRowList({
    list: document.getElementById('lists'),
    template: document.getElementById('list-row'),
    more: document.getElementById('lists-more'),
    start: (element, key) => startRow(element, key, { lists, picked, notices, fallback: name }),
    fill: (element, { row }) => fillRow(element, row, row.id === pickedId, openTodos.get(row.id) ?? 0),
  });

  const show = () => rows.show(view.entries);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const list = { name: name.value, color: color.value };
    name.value = '';
    const verdict = await lists.insert(list);
    if (notices.report('Not added.', verdict)) picked.pick([verdict.data].flat()[0].id);
    else if (name.value === '') name.value = list.name;
  });
  lists.watch((next) => {
    view = next;
    show();
    empty.hidden = view.entries.length > 0;
    empty.textContent = view.listed ? 'No lists yet. Name one.' : (view.trouble ?? 'Reading the lists…');
  });
  todos.watch(({ entries }) => {
    const open = entries.filter(({ row }) => !row.completed);
    openTodos = new Map();
    open.forEach(({ row }) => openTodos.set(row.scope, (openTodos.get(row.scope) ?? 0) + 1));
    show();
  });
  picked.watch((now) => {
    pickedId = now.kind === 'list' ? now.id : null;
    show();
  });
}

function startRow(element, key, { lists, picked, notices, fallback }) {
  element.querySelector('.list-picked').addEventListener('change', ({ target }) => picked.pick(target.value));
  removeWithFocus(element, fallback, async () => notices.report('Not removed.', await lists.remove(key)));
}

/** A list that still waits for the server has no id, so nothing can be put on it yet. */
function fillRow(element, row, isPicked, open) {
  const pick = element.querySelector('.list-picked');
  const count = element.querySelector('.list-open');
  element.classList.toggle('is-picked', isPicked);
  element.querySelector('.swatch').dataset.color = row.color;
  pick.value = row.id ?? '';
  pick.disabled = row.id === undefined;
  pick.checked = isPicked;
  showText(element.querySelector('.row-text'), row.name);
  showText(count, `${open} open`);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove ${row.name} and its todos`);
}
