import { abandonEdit, isEdited } from './edit-in-place.js';
import { copyOf } from './elements.js';

/** Number of rows in the page at first, and that each "show more" adds. Longer lists would make every change slow. */
const ROWS_SHOWN = 200;

/**
 * @template R
 * @typedef {import('./live-rows.js').Entry<R>} Entry
 */

/**
 * Synchronizes the children of a list with the entries of a view. A row keeps its element while it has its key, and an
 * element at its place is not moved: focus, text selection and running transitions survive.
 *
 * @template R
 * @param {{list: HTMLElement, template: HTMLTemplateElement, more: HTMLButtonElement, start: (element: HTMLElement,
 *   key: string) => void, fill: (element: HTMLElement, entry: Entry<R>) => void, keepText?: (element: HTMLElement,
 *   editor: HTMLInputElement | HTMLTextAreaElement) => void}} parts `start` is called once for each new element, `fill` whenever the view
 *   changed, `keepText` before an element with an unsaved text in its editor is removed
 */
export function createRowList({ list, template, more, start, fill, keepText = () => {} }) {
  /** @type {Map<string, HTMLElement>} */
  const elements = new Map();
  /** @type {Entry<R>[]} */
  let current = [];
  let limit = ROWS_SHOWN;

  /** @param {Entry<R>[]} entries */
  function show(entries) {
    current = entries;
    const shown = entries.filter(({ key }, at) => at < limit || isBeingEdited(key));
    removeAllBut(new Set(shown.map(({ key }) => key)));
    /** @type {Element | null} */
    let next = null;
    for (const entry of shown.reverse()) {
      const element = elements.get(entry.key) ?? newElement(entry.key);
      fill(element, entry);
      element.classList.toggle('is-pending', entry.pending);
      if (element.parentNode !== list || element.nextElementSibling !== next) list.insertBefore(element, next);
      next = element;
    }
    more.hidden = entries.length <= limit;
    more.textContent = `Show more (${entries.length - limit} left)`;
  }

  /** @param {string} key */
  function newElement(key) {
    const element = copyOf(template);
    start(element, key);
    elements.set(key, element);
    return element;
  }

  /**
   * Removed rows leave first: between two remaining rows they would make these look out of place.
   *
   * @param {Set<string>} keys
   */
  function removeAllBut(keys) {
    for (const [key, element] of elements) {
      if (keys.has(key)) continue;
      const editor = abandonEdit(element);
      if (editor) keepText(element, editor);
      element.remove();
      elements.delete(key);
    }
  }

  /** @param {string} key */
  function isBeingEdited(key) {
    const element = elements.get(key);
    return element !== undefined && isEdited(element);
  }

  more.addEventListener('click', () => {
    limit += ROWS_SHOWN;
    show(current);
  });

  return {
    show,

    /** @type {(key: string) => boolean} a row that is being edited is shown even if a filter hides it */
    isBeingEdited,
  };
}
