import { setText } from './text-limits.js';

/**
 * Lets a text be edited in place: Enter or leaving saves, Escape does not, Shift+Enter is a new line. A text that
 * exceeds its limit is not saved; its editor stays open. Changes by others meanwhile are shown when editing ends.
 *
 * @param {HTMLButtonElement} text
 * @param {HTMLInputElement | HTMLTextAreaElement} editor has the class `editor`
 * @param {{save: (value: string) => void, onConflict: (edit: {mine: string, theirs: string}) => void}} outcomes `save`
 *   is called only after a change; `onConflict` instead of it, if the text has also changed under the editor
 */
export function editInPlace(text, editor, { save, onConflict }) {
  let before = '';

  function begin() {
    before = text.textContent ?? '';
    editor.defaultValue = before;
    setText(editor, before);
    text.hidden = true;
    editor.hidden = false;
    editor.focus();
    editor.select();
  }

  function close() {
    const hadFocus = document.activeElement === editor;
    editor.hidden = true;
    text.hidden = false;
    if (hadFocus) text.focus();
  }

  function finish() {
    const mine = editor.value;
    if (mine !== before && !editor.checkValidity()) return;
    const theirs = text.textContent ?? '';
    close();
    if (mine === before || mine === theirs) return;
    if (theirs === before) save(mine);
    else onConflict({ mine, theirs });
  }

  text.addEventListener('click', begin);
  editor.addEventListener('blur', () => editor.hidden || !editor.isConnected || finish());
  editor.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.isComposing) return;
    if (event.key === 'Escape') close();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      editor.reportValidity();
      finish();
    }
  });
}

/**
 * @param {HTMLElement} element
 * @returns {boolean} whether one of its texts is being edited
 */
export const isEdited = (element) => openEditor(element) !== null;

/**
 * Ends an edit without saving it, before its element is removed: a removal makes the editor lose the focus.
 *
 * @param {HTMLElement} element
 * @returns {HTMLInputElement | HTMLTextAreaElement | null} the editor, if its text was changed and is not saved
 */
export function abandonEdit(element) {
  const editor = openEditor(element);
  if (editor === null) return null;
  editor.hidden = true;
  return editor.value === editor.defaultValue ? null : editor;
}

/**
 * @param {HTMLElement} element
 * @returns {HTMLInputElement | HTMLTextAreaElement | null}
 */
const openEditor = (element) => element.querySelector('.editor:not([hidden])');
