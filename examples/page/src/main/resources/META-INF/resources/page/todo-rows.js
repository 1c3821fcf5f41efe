import { editInPlace } from './edit-in-place.js';
import { byId, find } from './elements.js';
import { removeWithFocus } from './remove-with-focus.js';
import { createRowList } from './row-list.js';
import { showText } from './show-text.js';
import { limitText } from './text-limits.js';

/** The operations that a page offers its user. */
const EVERYTHING = { change: true, remove: true };

/**
 * A list of todos: each can be ticked, edited and removed. The page has the elements `todos`, `todos-more` and the
 * template `todo-row`.
 *
 * @template {{title: string, completed: boolean}} R
 * @param {{change: (key: string, fields: {title?: string, completed?: boolean}) => void, remove: (key: string) =>
 *   Promise<boolean>, add: (fields: {title: string, completed: boolean}, likeRow: R) => boolean | void,
 *   notices: import('./notices.js').Notices, fallback: HTMLElement, may?: () => {change: boolean,
 *   remove: boolean}, fill?: (element: HTMLElement, row: R) => void}} parts `remove` tells whether the row was removed;
 *   `add` adds a todo in place of another, and returns false if it cannot; `fallback` gets the focus when no row is left;
 *   `fill` shows the fields of the page's rows beside title and tick
 */
export function createTodoRows({ change, remove, add, notices, fallback, may = () => EVERYTHING, fill }) {
  /** @type {WeakMap<HTMLElement, R>} the row of each element that was filled */
  const rows = new WeakMap();

  /** @param {HTMLElement} element */
  const rowOf = (element) => /** @type {R} */ (rows.get(element));

  /**
   * @param {HTMLElement} element
   * @param {string} key
   */
  function start(element, key) {
    const editor = find(element, '.editor', HTMLInputElement);
    const completed = find(element, '.todo-completed', HTMLInputElement);
    limitText(editor, 'title');
    completed.addEventListener('change', () => change(key, { completed: completed.checked }));
    editInPlace(find(element, '.editable', HTMLButtonElement), editor, {
      save: (title) => change(key, { title }),
      onConflict: ({ mine, theirs }) =>
        notices.show(`This todo changed to “${shortened(theirs)}” while you were editing it.`, 'Your text is not saved yet:', {
          kind: 'kept-text',
          text: mine,
          actions: [{ label: 'Save mine', act: (title) => void change(key, { title }) }],
        }),
    });
    removeWithFocus(element, fallback, async () => {
      const row = rowOf(element);
      const { title, completed } = row;
      const withdraw = notices.offerUndo(`Deleted “${shortened(title)}”.`, () => add({ title, completed }, row));
      if (!(await remove(key))) withdraw();
    });
  }

  /**
   * @param {HTMLElement} element
   * @param {import('./live-rows.js').Entry<R>} entry
   */
  function fillRow(element, { row }) {
    const text = find(element, '.row-text', HTMLButtonElement);
    const completed = find(element, '.todo-completed', HTMLInputElement);
    const removal = find(element, '.row-remove', HTMLButtonElement);
    const allowed = may();
    rows.set(element, row);
    element.classList.toggle('is-completed', Boolean(row.completed));
    completed.checked = Boolean(row.completed);
    completed.disabled = !allowed.change;
    showText(find(element, '.row-check span', HTMLElement), `Done: ${row.title}`);
    removal.setAttribute('aria-label', `Remove: ${row.title}`);
    removal.hidden = !allowed.remove;
    showText(find(text, 'bdi', HTMLElement), row.title);
    text.disabled = !allowed.change;
    text.title = row.title;
    fill?.(element, row);
  }

  /**
   * A text that is being edited is kept when its row is deleted.
   *
   * @param {HTMLElement} element
   * @param {{value: string}} editor
   */
  function keepText(element, { value }) {
    const row = rowOf(element);
    notices.show(`“${shortened(row.title)}” was deleted while you were editing it.`, 'Your text is kept here:', {
      kind: 'kept-text',
      text: value,
      actions: [{ label: 'Add as a new todo', act: (title) => add({ title, completed: row.completed }, row) }],
    });
  }

  return createRowList({
    list: byId('todos', HTMLElement),
    template: byId('todo-row', HTMLTemplateElement),
    more: byId('todos-more', HTMLButtonElement),
    start,
    fill: fillRow,
    keepText,
  });
}

/** Longest title within a sentence, in characters. */
const SHORT_LENGTH_MAX = 60;

/**
 * @param {string} text
 * @returns {string} its beginning, for use within a sentence
 */
export function shortened(text) {
  const characters = [...text];
  return characters.length <= SHORT_LENGTH_MAX ? text : `${characters.slice(0, SHORT_LENGTH_MAX).join('')}…`;
}
