/** Longest title of a task, in UTF-16 code units: as the entity says. */
const LENGTH_MAX = 500;

/**
 * @param {string} title
 * @returns {string} the reason why the title cannot be saved, as a sentence; empty if it can
 */
export function problemOf(title) {
  if (title.trim() === '') return 'Write a title.';
  const excess = title.length - LENGTH_MAX;
  return excess > 0 ? `The title is too long: remove ${excess} of ${title.length} characters (at most ${LENGTH_MAX}).` : '';
}
