/**
 * The row goes, the keyboard stays in the list: focus moves to the row that takes its place.
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
