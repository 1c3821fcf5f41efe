import { editInPlace } from './page/edit-in-place.js';
import { byId, fieldOf, find } from './page/elements.js';
import { watchRows } from './page/live-rows.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/** @import { Note, NoteInsert, NoteUpdate, Schema } from '../types/lockstep.js' */

/**
 * @param {{notes: import('@lockstep/client').Collection<Schema['notes']>, notices: import('./page/notices.js').Notices,
 *   report: import('./page/write-reports.js').WriteReports}} parts
 */
export function showNotes({ notes, notices, report }) {
  const form = byId('note-form', HTMLFormElement);
  const empty = byId('notes-empty', HTMLElement);
  const title = fieldOf(form, 'title', HTMLInputElement);
  const content = fieldOf(form, 'content', HTMLTextAreaElement);
  /** @type {WeakMap<HTMLElement, Note>} the row of each element that was filled */
  const notesShown = new WeakMap();

  /** @param {HTMLElement} element */
  const rowOf = (element) => /** @type {Note} */ (notesShown.get(element));

  /** @param {NoteInsert} note */
  const add = (note) => report('Not added.', notes.insert(note));

  const rows = createRowList({
    list: byId('notes', HTMLElement),
    template: byId('note-row', HTMLTemplateElement),
    more: byId('notes-more', HTMLButtonElement),
    start,
    fill,
    keepText,
  });

  /**
   * @param {HTMLElement} element
   * @param {string} key
   */
  function start(element, key) {
    /** @param {NoteUpdate} fields */
    const change = (fields) => report('Not changed.', notes.update(key, fields));
    offerEdit(find(element, '.note-title', HTMLButtonElement), find(element, 'input', HTMLInputElement), 'title', (text) =>
      change({ title: text }),
    );
    offerEdit(find(element, '.note-content', HTMLButtonElement), find(element, 'textarea', HTMLTextAreaElement), 'text', (text) =>
      change({ content: orNull(text) }),
    );
    removeWithFocus(element, title, async () => {
      const row = rowOf(element);
      const again = () => void add({ title: row.title, content: row.content ?? null });
      const withdraw = notices.offerUndo(`Deleted “${shortened(row.title)}”.`, again);
      if (!(await report('Not removed.', notes.delete(key)))) withdraw();
    });
  }

  /**
   * @param {HTMLButtonElement} text
   * @param {HTMLInputElement | HTMLTextAreaElement} editor
   * @param {string} name
   * @param {(text: string) => void} save
   */
  function offerEdit(text, editor, name, save) {
    limitText(editor, name);
    editInPlace(text, editor, {
      save,
      onConflict: ({ mine, theirs }) =>
        notices.show(`The ${name} changed to “${shortened(theirs)}” while you were editing it.`, 'Your text is not saved yet:', {
          kind: 'kept-text',
          text: mine,
          actions: [{ label: 'Save mine', act: (kept) => void save(kept) }],
        }),
    });
  }

  /**
   * @param {HTMLElement} element
   * @param {import('./page/live-rows.js').Entry<Note>} entry
   */
  function fill(element, { row }) {
    const text = find(element, '.note-content', HTMLElement);
    notesShown.set(element, row);
    showText(find(element, '.note-title bdi', HTMLElement), row.title);
    find(element, '.row-remove', HTMLElement).setAttribute('aria-label', `Remove: ${row.title}`);
    showText(find(text, 'bdi', HTMLElement), row.content ?? '');
    text.setAttribute('aria-label', row.content ? `Text: ${row.content}` : `Write the text of ${row.title}`);
  }

  /**
   * A text that is being edited is kept when its note is deleted.
   *
   * @param {HTMLElement} element
   * @param {HTMLInputElement | HTMLTextAreaElement} editor
   */
  function keepText(element, editor) {
    const row = rowOf(element);
    const isTitle = editor instanceof HTMLInputElement;
    notices.show(`“${shortened(row.title)}” was deleted while you were editing it.`, 'Your text is kept here:', {
      kind: 'kept-text',
      text: editor.value,
      actions: [
        {
          label: 'Add as a new note',
          act: (kept) => void add(isTitle ? { title: kept, content: row.content ?? null } : { title: row.title, content: orNull(kept) }),
        },
      ],
    });
  }

  limitText(title, 'title', find(form, '.field-problem', HTMLElement));
  limitText(content, 'text');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const note = { title: title.value, content: orNull(content.value) };
    form.reset();
    if (!(await add(note)) && title.value === '' && content.value === '') {
      setText(title, note.title);
      content.value = note.content ?? '';
    }
  });
  watchRows(notes, ({ entries, listed, problem }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'No notes yet. Write one above.' : (problem ?? 'Reading the list…');
  });
}

/** @param {string} text */
const orNull = (text) => (text === '' ? null : text);
