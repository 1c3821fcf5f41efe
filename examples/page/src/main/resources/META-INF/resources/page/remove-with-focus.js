import { find } from './elements.js';

/**
 * Removes a row and moves the focus to the row that takes its place, so that the keyboard stays in the list.
 *
 * @param {HTMLElement} row
 * @param {HTMLElement} fallback focused when the row was the last one
 * @param {() => void} remove
 */
export function removeWithFocus(row, fallback, remove) {
  find(row, '.row-remove', HTMLElement).addEventListener('click', () => {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    (neighbour ? find(neighbour, '.row-remove', HTMLElement) : fallback).focus();
    remove();
  });
}
