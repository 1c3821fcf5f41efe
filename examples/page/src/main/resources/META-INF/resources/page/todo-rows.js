import { editInPlace } from './edit-in-place.js';
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
 * @typedef {Record<string, any>} Row
 *
 * @param {{change: (key: string, fields: {title?: string, completed?: boolean}) => void, remove: (key: string) =>
 *   Promise<boolean>, add: (fields: {title: string, completed: boolean}, likeRow: Row) => boolean | void,
 *   notices: ReturnType<import('./notices.js').createNotices>, fallback: HTMLElement, may?: () => {change: boolean,
 *   remove: boolean}, fill?: (element: HTMLElement, row: Row) => void}} parts `remove` tells whether the row was removed;
 *   `add` adds a todo in place of another, and returns false if it cannot; `fallback` gets the focus when no row is left;
 *   `fill` shows the fields of the page's rows beside title and tick
 */
export function createTodoRows({ change, remove, add, notices, fallback, may = () => EVERYTHING, fill }) {
  /** @type {WeakMap<HTMLElement, Row>} */
  const rows = new WeakMap();

  function start(element, key) {
    const editor = element.querySelector('.editor');
    limitText(editor, 'title');
    element.querySelector('.todo-completed').addEventListener('change', ({ target }) => change(key, { completed: target.checked }));
    editInPlace(element.querySelector('.editable'), editor, {
      save: (title) => change(key, { title }),
      onConflict: ({ mine, theirs }) =>
        notices.show(`This todo changed to “${shortened(theirs)}” while you were editing it.`, 'Your text is not saved yet:', {
          kind: 'kept-text',
          text: mine,
          actions: [{ label: 'Save mine', act: (title) => void change(key, { title }) }],
        }),
    });
    removeWithFocus(element, fallback, async () => {
      const row = rows.get(element);
      const { title, completed } = row;
      const withdraw = notices.offerUndo(`Deleted “${shortened(title)}”.`, () => add({ title, completed }, row));
      if (!(await remove(key))) withdraw();
    });
  }

  function fillRow(element, { row }) {
    const text = element.querySelector('.row-text');
    const allowed = may();
    rows.set(element, row);
    element.classList.toggle('is-completed', Boolean(row.completed));
    element.querySelector('.todo-completed').checked = Boolean(row.completed);
    element.querySelector('.todo-completed').disabled = !allowed.change;
    showText(element.querySelector('.row-check span'), `Done: ${row.title}`);
    element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
    element.querySelector('.row-remove').hidden = !allowed.remove;
    showText(text.querySelector('bdi'), row.title);
    text.disabled = !allowed.change;
    text.title = row.title;
    fill?.(element, row);
  }

  /** A text that is being edited is kept when its row is deleted. */
  function keepText(element, { value }) {
    const row = rows.get(element);
    notices.show(`“${shortened(row.title)}” was deleted while you were editing it.`, 'Your text is kept here:', {
      kind: 'kept-text',
      text: value,
      actions: [{ label: 'Add as a new todo', act: (title) => add({ title, completed: row.completed }, row) }],
    });
  }

  return createRowList({
    list: document.getElementById('todos'),
    template: document.getElementById('todo-row'),
    more: document.getElementById('todos-more'),
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
