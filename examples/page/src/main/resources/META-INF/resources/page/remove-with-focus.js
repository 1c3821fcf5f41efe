/**
 * Removes a row and moves the focus to the row that takes its place, so that the keyboard stays in the list.
 *
 * @param {HTMLElement} row
 * @param {HTMLElement} fallback focused when the row was the last one
 * @param {() => void} remove
 */
export function removeWithFocus(row, fallback, remove) {
  row.querySelector('.row-remove').addEventListener('click', () => {
    const neighbour = row.nextElementSibling ?? row.previousElementSibling;
    (neighbour?.querySelector('.row-remove') ?? fallback).focus();
    remove();
  });
}
