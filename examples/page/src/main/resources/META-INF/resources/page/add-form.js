import { fieldOf, find } from './elements.js';
import { limitText, setText } from './text-limits.js';

/**
 * A form that adds a todo by its title. A title that was not added returns to the field, unless the user has typed on.
 *
 * @param {HTMLFormElement} form has the field `title` and an element with the class `field-problem`
 * @param {(title: string) => Promise<boolean>} add whether it was added
 */
export function offerAddingTodos(form, add) {
  const title = fieldOf(form, 'title', HTMLInputElement);
  limitText(title, 'title', find(form, '.field-problem', HTMLElement));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = title.value;
    setText(title, '');
    const added = await add(typed);
    if (!added && title.value === '') setText(title, typed);
  });
}
