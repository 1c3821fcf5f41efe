import { editInPlace } from './page/edit-in-place.js';
import { watchRows } from './page/live-rows.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/**
 * @param {{notes: import('@lockstep/client').Collection<any>, notices: ReturnType<import('./page/notices.js').createNotices>,
 *   report: ReturnType<import('./page/write-reports.js').createWriteReports>}} parts
 */
export function showNotes({ notes, notices, report }) {
  const form = document.getElementById('note-form');
  const empty = document.getElementById('notes-empty');
  const { title, content } = form.elements;
  /** @type {WeakMap<HTMLElement, Record<string, any>>} */
  const rowOf = new WeakMap();

  const add = (note) => report('Not added.', notes.insert(note));

  const rows = createRowList({
    list: document.getElementById('notes'),
    template: document.getElementById('note-row'),
    more: document.getElementById('notes-more'),
    start,
    fill,
    keepText,
  });

  function start(element, key) {
    const change = (fields) => report('Not changed.', notes.update(key, fields));
    offerEdit(element.querySelector('.note-title'), element.querySelector('input'), 'title', (text) => change({ title: text }));
    offerEdit(element.querySelector('.note-content'), element.querySelector('textarea'), 'text', (text) =>
      change({ content: orNull(text) }),
    );
    removeWithFocus(element, title, async () => {
      const row = rowOf.get(element);
      const again = () => void add({ title: row.title, content: row.content ?? null });
      const withdraw = notices.offerUndo(`Deleted “${shortened(row.title)}”.`, again);
      if (!(await report('Not removed.', notes.delete(key)))) withdraw();
    });
  }

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

  function fill(element, { row }) {
    const text = element.querySelector('.note-content');
    rowOf.set(element, row);
    showText(element.querySelector('.note-title bdi'), row.title);
    element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
    showText(text.querySelector('bdi'), row.content ?? '');
    text.setAttribute('aria-label', row.content ? `Text: ${row.content}` : `Write the text of ${row.title}`);
  }

  /** A text that is being edited is kept when its note is deleted. */
  function keepText(element, editor) {
    const row = rowOf.get(element);
    const isTitle = editor === element.querySelector('input');
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

  limitText(title, 'title', form.querySelector('.field-problem'));
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

const orNull = (text) => (text === '' ? null : text);
