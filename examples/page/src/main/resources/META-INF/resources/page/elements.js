// Elements of the page, with their types. An element that is missing or of another type is a mistake in the page.

/**
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
export const byId = (id, type) => typed(document.getElementById(id), type, `#${id}`);

/**
 * @template {HTMLElement} E
 * @param {ParentNode} parent
 * @param {string} selector
 * @param {new () => E} type
 * @returns {E}
 */
export const find = (parent, selector, type) => typed(parent.querySelector(selector), type, selector);

/**
 * @template {HTMLElement} E
 * @param {HTMLFormElement} form
 * @param {string} name of the field
 * @param {new () => E} type
 * @returns {E}
 */
export const fieldOf = (form, name, type) => typed(form.elements.namedItem(name), type, `field ${name}`);

/**
 * @param {HTMLTemplateElement} template has one element
 * @returns {HTMLElement} a copy of it
 */
export const copyOf = ({ id, content }) => typed(content.firstElementChild?.cloneNode(true), HTMLElement, `#${id}`);

/**
 * @template {HTMLElement} E
 * @param {unknown} element
 * @param {new () => E} type
 * @param {string} words
 * @returns {E}
 */
function typed(element, type, words) {
  if (element instanceof type) return element;
  throw new TypeError(`This page has no ${words} of the type ${type.name}.`);
}
