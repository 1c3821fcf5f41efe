import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showText } from './page/show-text.js';
import { watchConnection } from './connection.js';
import { showNotes } from './notes.js';
import { askServer } from './server.js';
import { createStatus } from './status.js';
import { nameInAddress, needsToken, problemOf, rememberName } from './store-name.js';
import { forgetToken, tokenFor } from './token.js';

const NO_STORAGE = 'This page needs https, or http on localhost: elsewhere browsers give it no storage.';
const NOT_OPENED = 'The notes could not be opened in this browser. Reload the page; if that does not help, use a newer browser.';
const NO_NOTES = 'No notes yet. Write one above and watch the other window.';
const NO_NOTES_HERE = 'No notes on this device yet. Those of others appear when the page is connected.';

const notices = createNotices(document.getElementById('notices'), { row: 'note', fields: { text: 'text' } });
const status = createStatus(document.getElementById('status'), document.getElementById('sentence'));
const empty = document.getElementById('notes-empty');
const name = nameInAddress();

const field = document.getElementById('store-name');
field.value = name;
field.addEventListener('input', () => field.setCustomValidity(field.value === '' ? '' : problemOf(field.value)));
offerSecondWindow(document.getElementById('second-window'));

const problem = window.isSecureContext ? problemOf(name) : NO_STORAGE;
if (problem === '') await open();
else stop(problem);

async function open() {
  document.title = `${name} · Notes, in lockstep`;
  showText(document.getElementById('notes-heading'), name);
  linkKnownStores(rememberName(name));
  let token = null;
  if (needsToken(name)) {
    status.showState('closed');
    token = await tokenFor(name, (typed) => askServer(name, typed));
    status.showState('connecting');
  }
  document.getElementById('notes-panel').hidden = false;
  try {
    const { openStore } = await import('./store.js');
    show(await openStore(name, token, tellEnd), token);
  } catch (error) {
    console.error('The store could not be opened.', error);
    stop(NOT_OPENED);
  }
}

function show(store, token) {
  document.getElementById('note-form').hidden = false;
  if (!store.kept) {
    notices.show('Your browser keeps nothing for this page.', 'Changes that were not sent are lost when you close this window.', { kind: 'offer' });
  }
  showNotes(store, notices, status.showWaiting);
  let wasLive = false;
  let wasRefused = false;
  watchConnection(store, () => askServer(name, token), (state) => {
    status.showState(state);
    wasLive ||= state === 'live';
    showText(empty, wasLive ? NO_NOTES : NO_NOTES_HERE);
    if (state === 'refused' && token !== null && !wasRefused) offerOtherToken();
    wasRefused ||= state === 'refused';
  });
}

function offerOtherToken() {
  const other = () => {
    forgetToken(name);
    location.reload();
  };
  notices.show('The server no longer accepts your token.', '', { actions: [{ label: 'Type another token', act: other }] });
}

function tellEnd(reset) {
  const reload = { label: 'Reload', act: () => location.reload() };
  const [heading, words] = reset
    ? ['This store was reset on the server.', 'Reload the page to continue with its new content. Changes that were not sent are lost.']
    : ['The store was closed in this browser.', 'Reload the page to open it again.'];
  notices.show(heading, words, { actions: [reload] });
}

function stop(sentence) {
  status.showState('closed');
  const line = document.getElementById('stopped');
  line.hidden = false;
  showText(line, sentence);
}

function linkKnownStores(names) {
  const links = names.map((each) => {
    const item = document.createElement('li');
    const link = item.appendChild(document.createElement('a'));
    link.href = `?${new URLSearchParams({ store: each })}`;
    link.textContent = each;
    if (each === name) link.setAttribute('aria-current', 'page');
    return item;
  });
  const list = document.getElementById('known-stores');
  list.replaceChildren(...links);
  list.hidden = links.length < 2;
}
