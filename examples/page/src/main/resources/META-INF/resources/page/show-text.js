/**
 * Sets a text unless it is the same: reading and selecting are not disturbed.
 *
 * @param {Element} element
 * @param {string} text
 */
export function showText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
