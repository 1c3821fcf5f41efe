/**
 * Leaves an element alone that says so already: whoever is reading or selecting it is not disturbed.
 *
 * @param {Element} element
 * @param {string} text
 */
export function showText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
