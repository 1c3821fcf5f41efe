import { editInPlace } from './page/edit-in-place.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';
import { showEmpty } from './empty.js';
import { showTime } from './time.js';

/**
 * @param {{notes: ReturnType<import('./sync/channel.js').createChannel>, notices:
 *   ReturnType<import('./page/notices.js').createNotices>, report: (heading: string, outcome:
 *   Promise<import('./sync/sender.js').Outcome>) => Promise<boolean>}} parts
 */
export function showNotes({ notes, notices, report }) {
  const form = document.getElementById('note-form');
  const newText = form.elements.text;
  /** @type {WeakMap<HTMLElement, import('./sync/store.js').Row>} */
  const rowOf = new WeakMap();

  const add = (text) => report('Not added.', notes.insert({ text }));

  const rows = createRowList({
    list: document.getElementById('notes'),
    template: document.getElementById('note-row'),
    more: document.getElementById('notes-more'),
    start,
    fill,
    keepText,
  });

  function start(element, key) {
    const editor = element.querySelector('.editor');
    const change = (text) => report('Not changed.', notes.update(key, { text }));
    limitText(editor, 'note');
    editInPlace(element.querySelector('.editable'), editor, {
      save: change,
      onConflict: ({ mine, theirs }) =>
        notices.show(`This note changed to “${shortened(theirs)}” while you were editing it.`, 'Your text is not saved yet:', {
          kind: 'kept-text',
          text: mine,
          actions: [{ label: 'Save mine', act: (text) => void change(text) }],
        }),
    });
    removeWithFocus(element, newText, async () => {
      const { text } = rowOf.get(element);
      const withdraw = notices.offerUndo(`Deleted “${shortened(text)}”.`, () => void add(text));
      if (!(await report('Not removed.', notes.remove(key)))) withdraw();
    });
  }

  function fill(element, { row }) {
    const text = element.querySelector('.row-text');
    rowOf.set(element, row);
    element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${shortened(row.text)}`);
    showText(text.querySelector('bdi'), row.text);
    text.title = row.text;
    showTime(element, row);
  }

  /** A text that is being edited is kept when its note is deleted. */
  function keepText(element, { value }) {
    notices.show(`“${shortened(rowOf.get(element).text)}” was deleted while you were editing it.`, 'Your text is kept here:', {
      kind: 'kept-text',
      text: value,
      actions: [{ label: 'Add as a new note', act: (text) => void add(text) }],
    });
  }

  limitText(newText, 'note', form.querySelector('.field-problem'));
  newText.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const typed = newText.value;
    setText(newText, '');
    if (!(await add(typed)) && newText.value === '') setText(newText, typed);
  });
  notes.watch((view) => {
    rows.show(view.entries);
    showEmpty(document.getElementById('notes-empty'), view, 'No notes yet. Nobody else will see them.');
  });
}
