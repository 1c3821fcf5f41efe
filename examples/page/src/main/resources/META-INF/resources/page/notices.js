import { find } from './elements.js';
import { refusalText } from './refusals.js';

/** Limit of plain notices; beyond it the oldest is removed. Notices with a text of the user stay. */
const PLAIN_NOTICES_MAX = 3;

/** Lifetime of an offer to undo, unless the pointer or the focus is in it. */
const OFFER_MILLIS = 12_000;

/**
 * @typedef {{label: string, act: (text: string) => boolean | void}} Action `act` gets the current text, and may return
 *   false: then the notice stays
 * @typedef {ReturnType<typeof createNotices>} Notices
 */

/**
 * Notices to the user. A problem stays until it is dismissed, for slow readers.
 *
 * @param {HTMLElement} region a live region
 * @param {import('./refusals.js').Names} names of the page's rows
 */
export function createNotices(region, names) {
  /**
   * @param {string} heading
   * @param {string} words
   * @param {{kind?: 'problem' | 'offer' | 'kept-text', actions?: Action[], text?: string}} [how] `text`: a text of the
   *   user that is not saved elsewhere, to be edited on
   * @returns {() => void} removes the notice
   */
  function show(heading, words, { kind = 'problem', actions = [], text } = {}) {
    const notice = document.createElement('div');
    notice.className = 'notice';
    notice.dataset.kind = kind;
    notice.append(sentence(heading, words));
    const field = text === undefined ? null : notice.appendChild(textField(text));
    const remove = () => notice.remove();
    const buttons = notice.appendChild(document.createElement('div'));
    buttons.className = 'notice-actions';
    for (const { label, act } of actions) {
      buttons.append(button(label, () => act(field?.value ?? '') === false || remove()));
    }
    buttons.append(button(kind === 'kept-text' ? 'Discard' : 'Dismiss', remove));
    region.append(notice);
    removeOldest();
    field?.focus();
    return remove;
  }

  function removeOldest() {
    const plain = [...region.querySelectorAll(':scope > :not([data-kind="kept-text"])')];
    plain.slice(0, -PLAIN_NOTICES_MAX).forEach((notice) => notice.remove());
  }

  return {
    show,

    /**
     * Offers to undo a change. The next offer replaces it.
     *
     * @param {string} what e.g. "Deleted 12 todos."
     * @param {() => void} undo
     * @returns {() => void} removes the offer
     */
    offerUndo(what, undo) {
      region.querySelector('[data-kind="offer"]')?.remove();
      const remove = show(what, '', { kind: 'offer', actions: [{ label: 'Undo', act: undo }] });
      expire(find(region, '[data-kind="offer"]', HTMLElement), remove);
      return remove;
    },

    /**
     * @param {string} what the refused change, e.g. "Not added."
     * @param {import('./refusals.js').Refusal} refusal
     */
    showRefusal: (what, refusal) => void show(what, refusalText(refusal, names)),
  };
}

/**
 * @param {string} heading
 * @param {string} words
 */
function sentence(heading, words) {
  const paragraph = document.createElement('p');
  const strong = document.createElement('strong');
  strong.dir = 'auto';
  strong.textContent = heading;
  paragraph.append(strong, words === '' ? '' : ` ${words}`);
  return paragraph;
}

/** @param {string} text */
function textField(text) {
  const field = document.createElement('textarea');
  field.className = 'field';
  field.rows = 2;
  field.dir = 'auto';
  field.setAttribute('aria-label', 'Your text');
  field.value = text;
  return field;
}

/**
 * @param {string} label
 * @param {() => void} act
 */
function button(label, act) {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'notice-action';
  element.textContent = label;
  element.addEventListener('click', act);
  return element;
}

/**
 * @param {HTMLElement} notice
 * @param {() => void} remove
 */
function expire(notice, remove) {
  let timer = setTimeout(remove, OFFER_MILLIS);
  const wait = () => clearTimeout(timer);
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(remove, OFFER_MILLIS);
  };
  for (const entering of ['pointerenter', 'focusin']) notice.addEventListener(entering, wait);
  for (const leaving of ['pointerleave', 'focusout']) notice.addEventListener(leaving, restart);
}
