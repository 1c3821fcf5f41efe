import { editInPlace } from './page/edit-in-place.js';
import { removeWithFocus } from './page/remove-with-focus.js';
import { createRowList } from './page/row-list.js';
import { showText } from './page/show-text.js';
import { limitText, setText } from './page/text-limits.js';
import { shortened } from './page/todo-rows.js';

/** @typedef {{id: string, text: string, done: boolean, createdAt: Date}} Note */

/**
 * The list of a store's notes, and the form that adds one.
 *
 * @param {Awaited<ReturnType<import('./store.js').openStore>>} store
 * @param {ReturnType<import('./page/notices.js').createNotices>} notices
 * @param {(waiting: number) => void} showWaiting gets the number of events that the server has not confirmed
 */
export function showNotes(store, notices, showWaiting) {
  const form = document.getElementById('note-form');
  const empty = document.getElementById('notes-empty');
  const newText = form.elements.text;
  /** @type {WeakMap<HTMLElement, Note>} */
  const noteOf = new WeakMap();
  /** @type {Note[]} */
  let notes = [];
  let pending = new Set();

  const rows = createRowList({
    list: document.getElementById('notes'),
    template: document.getElementById('note-row'),
    more: document.getElementById('notes-more'),
    start,
    fill,
    keepText,
  });

  /** @returns {boolean} whether it was saved */
  function saved(committed) {
    if (!committed) notices.show('Not saved.', 'This page no longer has the store open. Reload it.');
    return committed;
  }

  function start(element, id) {
    const editor = element.querySelector('.editor');
    const change = (text) => saved(store.changeText(id, text));
    limitText(editor, 'note');
    element.querySelector('[type="checkbox"]').addEventListener('change', ({ target }) => {
      if (!saved(store.setDone(id, target.checked))) target.checked = !target.checked;
    });
    editInPlace(element.querySelector('.editable'), editor, {
      save: change,
      onConflict: ({ mine, theirs }) =>
        notices.show(`This note changed to “${shortened(theirs)}” while you were editing it.`, 'Your text is not saved yet:', {
          kind: 'kept-text',
          text: mine,
          actions: [{ label: 'Save mine', act: change }],
        }),
    });
    removeWithFocus(element, newText, () => {
      const { text } = noteOf.get(element);
      if (saved(store.remove(id))) notices.offerUndo(`Deleted “${shortened(text)}”.`, () => saved(store.add(text)));
    });
  }

  function fill(element, { row: note }) {
    const text = element.querySelector('.row-text');
    const time = element.querySelector('time');
    noteOf.set(element, note);
    element.classList.toggle('is-completed', note.done);
    element.querySelector('[type="checkbox"]').checked = note.done;
    showText(element.querySelector('.row-check span'), `Done: ${shortened(note.text)}`);
    element.querySelector('.row-remove').setAttribute('aria-label', `Remove: ${shortened(note.text)}`);
    showText(text.querySelector('bdi'), note.text);
    text.title = note.text;
    time.dateTime = note.createdAt.toISOString();
    showText(time, timeOfDay.format(note.createdAt));
  }

  /** A text that is being edited is kept when its note is deleted. */
  function keepText(element, { value }) {
    const { text } = noteOf.get(element);
    notices.show(`“${shortened(text)}” was deleted while you were editing it.`, 'Your text is kept here:', {
      kind: 'kept-text',
      text: value,
      actions: [{ label: 'Add as a new note', act: (kept) => saved(store.add(kept)) }],
    });
  }

  function show() {
    rows.show(notes.map((note) => ({ key: note.id, row: note, pending: pending.has(note.id) })));
    empty.hidden = notes.length > 0;
  }

  limitText(newText, 'note', form.querySelector('.field-problem'));
  newText.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (saved(store.add(newText.value))) setText(newText, '');
  });

  store.watchNotes((now) => {
    notes = now;
    show();
  });
  store.watchPending((events) => {
    pending = new Set(events.map(({ args }) => args.id));
    showWaiting(events.length);
    show();
  });
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hour12: false });
