/**
 * Tells the user that a text is too long, or only blanks, before it is sent. Nothing is cut off: a pasted text stays
 * whole until the user has shortened it. The limit is the field's attribute `data-length-max`, in UTF-16 code units, as
 * on the server.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} name the page's name of the field, e.g. "title"
 * @param {HTMLElement} [problem] shows the sentence while the text is too long; without it, the browser's own bubble
 *   does
 */
export function limitText(field, name, problem) {
  const max = Number(field.dataset.lengthMax);

  function check() {
    const excess = field.value.length - max;
    const tooLong = excess > 0 ? `The ${name} is too long: remove ${excess} of ${field.value.length} characters (at most ${max}).` : '';
    const blank = field.required && field.value !== '' && field.value.trim() === '' ? `Write a ${name}.` : '';
    field.setCustomValidity(tooLong || blank);
    if (!problem) return;
    problem.hidden = tooLong === '';
    if (problem.textContent !== tooLong) problem.textContent = tooLong;
  }

  field.addEventListener('input', check);
  field.addEventListener('invalid', (event) => {
    if (!problem || problem.hidden) return;
    event.preventDefault(); // the browser's bubble would cover the sentence
    field.focus();
  });
  field.form?.addEventListener('reset', () => queueMicrotask(check));
}

/**
 * Sets the text of a field that {@link limitText} watches.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {string} text
 */
export function setText(field, text) {
  field.value = text;
  field.dispatchEvent(new Event('input'));
}
