import { createRowList } from './lockstep/row-list.js';
import { showText } from './lockstep/show-text.js';
import { editInPlace } from './lockstep/edit-in-place.js';
import { removeWithFocus } from './lockstep/remove-with-focus.js';

/**
 * @param {import('./lockstep/collection.js').Collection} notes
 * @param {ReturnType<import('./lockstep/notices.js').createNotices>} notices
 */
export function showNotes(notes, notices) {
  const form = document.getElementById('note-form');
  const empty = document.getElementById('notes-empty');
  const { title, content } = form.elements;

  const rows = createRowList({
    list: document.getElementById('notes'),
    template: document.getElementById('note-row'),
    more: document.getElementById('notes-more'),
    start: (element, key) => startRow(element, key, { notes, notices, fallback: title }),
    fill: fillRow,
  });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const note = { title: title.value, content: content.value === '' ? null : content.value };
    form.reset();
    const verdict = await notes.insert(note);
    if (!notices.report('Not added.', verdict) && title.value === '' && content.value === '') {
      title.value = note.title;
      content.value = note.content ?? '';
    }
  });
  notes.watch(({ entries, listed, trouble }) => {
    rows.show(entries);
    empty.hidden = entries.length > 0;
    empty.textContent = listed ? 'No notes yet.' : (trouble ?? 'Reading the list…');
  });
}

function startRow(element, key, { notes, notices, fallback }) {
  const change = async (fields) => notices.report('Not changed.', await notes.update(key, fields));
  editInPlace(element.querySelector('.note-title'), element.querySelector('input'), (title) => change({ title }));
  editInPlace(element.querySelector('.note-content'), element.querySelector('textarea'), (content) =>
    change({ content: content === '' ? null : content }),
  );
  removeWithFocus(element, fallback, async () => notices.report('Not removed.', await notes.remove(key)));
}

function fillRow(element, { row }) {
  const content = element.querySelector('.note-content');
  showText(element.querySelector('.note-title'), row.title);
  element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${row.title}`);
  showText(content, row.content ?? '');
  content.setAttribute('aria-label', row.content ? `Text: ${row.content}` : `Write the text of ${row.title}`);
}
