/**
 * Lets a text be edited where it stands: Enter or leaving saves, Escape does not, Shift+Enter is a new line.
 * What others do to the text meanwhile is shown when editing ends.
 *
 * @param {HTMLButtonElement} text
 * @param {HTMLInputElement | HTMLTextAreaElement} editor
 * @param {(value: string) => void} save called only if something changed
 */
export function editInPlace(text, editor, save) {
  let before = '';

  function begin() {
    before = text.textContent;
    editor.value = before;
    text.hidden = true;
    editor.hidden = false;
    editor.focus();
    editor.select();
  }

  function end(value) {
    const hadFocus = document.activeElement === editor;
    editor.hidden = true;
    text.hidden = false;
    if (hadFocus) text.focus();
    if (value !== before) save(value);
  }

  text.addEventListener('click', begin);
  editor.addEventListener('blur', () => editor.hidden || end(editor.value));
  editor.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') end(before);
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      end(editor.value);
    }
  });
}
