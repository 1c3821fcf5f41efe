import { byId } from './page/elements.js';
import { showText } from './page/show-text.js';
import { BULK_ITEMS_MAX } from './changes.js';

/**
 * The selected rows, by key. Deleted rows leave the selection.
 *
 * @param {(keys: Set<string>) => void} onChange
 */
export function createSelection(onChange) {
  const all = byId('select-all', HTMLInputElement);
  const actions = [byId('complete', HTMLButtonElement), byId('delete', HTMLButtonElement)];
  const count = byId('selected-count', HTMLElement);
  /** @type {Set<string>} */
  const picked = new Set();
  /** @type {string[]} */
  let present = [];

  function changed() {
    const tooMany = picked.size > BULK_ITEMS_MAX;
    const allowed = picked.size > 0 && !tooMany;
    for (const action of actions) action.disabled = !allowed;
    all.disabled = present.length === 0;
    all.checked = picked.size > 0 && picked.size >= Math.min(present.length, BULK_ITEMS_MAX);
    all.indeterminate = picked.size > 0 && !all.checked;
    if (all.nextElementSibling) showText(all.nextElementSibling, present.length > BULK_ITEMS_MAX ? `Select the first ${BULK_ITEMS_MAX}` : 'Select all');
    showText(count, picked.size === 0 ? '' : `${picked.size} selected${tooMany ? `, ${BULK_ITEMS_MAX} at most` : ''}`);
    count.classList.toggle('is-too-many', tooMany);
    onChange(picked);
  }

  /** @param {string[]} keys */
  function pick(keys) {
    picked.clear();
    keys.forEach((key) => picked.add(key));
    changed();
  }

  all.addEventListener('change', () => pick(all.checked ? present.slice(0, BULK_ITEMS_MAX) : []));

  return {
    keys: () => [...picked],

    /** @param {string} key */
    toggle(key) {
      if (!picked.delete(key)) picked.add(key);
      changed();
    },

    clear: () => pick([]),

    /** @param {string[]} keys all existing ones, in order */
    keepWithin(keys) {
      present = keys;
      const there = new Set(keys);
      pick([...picked].filter((key) => there.has(key)));
    },
  };
}
