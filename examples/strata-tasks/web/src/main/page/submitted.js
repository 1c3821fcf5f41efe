/**
 * Takes the field `text` of a form, and empties it at once: React's own form actions do so later, when the user may
 * have typed on.
 */
export const submitted = (use) => (event) => {
  event.preventDefault();
  const text = new FormData(event.currentTarget).get('text').trim();
  event.currentTarget.reset();
  if (text !== '') use(text);
};
