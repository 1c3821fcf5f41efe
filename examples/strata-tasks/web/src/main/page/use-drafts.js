import { useEffect, useReducer, useRef } from 'react';
import { notices } from './notices.js';
import { shortened } from './page/todo-rows.js';

/**
 * The unsaved texts in the titles of tasks, by task. If a task is deleted, archived or no longer shared, its draft is
 * offered as a new task.
 *
 * @param {{id: string, title: string}[]} tasks those that can be edited
 * @param {(title: string) => void} addTask
 * @param {(id: string, title: string) => void} changeTitle
 */
export function useDrafts(tasks, addTask, changeTitle) {
  // Not a state: a saved draft is gone at once, also for the editor that loses the focus by it.
  const { current: drafts } = useRef(new Map());
  const [, render] = useReducer((count) => count + 1, 0);

  function take(id) {
    const draft = drafts.get(id);
    drafts.delete(id);
    render();
    return draft;
  }

  useEffect(() => {
    const there = new Set(tasks.map(({ id }) => id));
    for (const id of [...drafts.keys()].filter((each) => !there.has(each))) {
      const { base, value } = take(id);
      if (value === base) continue;
      notices.show(`“${shortened(base)}” was deleted, archived or unshared while you were editing it.`, 'Your text is kept here:', {
        kind: 'kept-text',
        text: value,
        actions: [{ label: 'Add as a new task', act: addTask }],
      });
    }
  });

  return {
    of: (id) => drafts.get(id),

    /** @param {string | null} value null ends editing without a change */
    type({ id, title }, value) {
      if (value === null) take(id);
      else drafts.set(id, { base: drafts.get(id)?.base ?? title, value });
      render();
    },

    /** Saves a title, unless another user has changed it meanwhile: then the user decides. */
    save({ id, title }, value) {
      const draft = take(id);
      if (draft === undefined || value === title) return;
      if (title === draft.base) {
        changeTitle(id, value);
        return;
      }
      notices.show(`This task changed to “${shortened(title)}” while you were editing it.`, 'Your text is not saved yet:', {
        kind: 'kept-text',
        text: value,
        actions: [{ label: 'Save mine', act: (kept) => changeTitle(id, kept) }],
      });
    },
  };
}
