import { backoffMillis, pause } from './page/backoff.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showText } from './page/show-text.js';
import { createStatusBadge } from './page/status-badge.js';
import { openClient } from './sync/client.js';
import { showNotes } from './notes.js';
import { showTodos } from './todos.js';
import { askServer, findUser } from './user.js';

const NO_STORAGE = 'This page needs https, or http on localhost: elsewhere browsers give it no storage.';
const NOT_OPENED = 'Your browser gives this page no storage. Allow it to keep data, or use another window or browser, and reload the page.';
const NOBODY = 'The server does not know you. This example expects a session cookie, and needs none in the development profile.';
const KEPT = 'You are offline. Your changes are kept on this device and sent later.';

const SOCKET = new URL('api/sync', document.baseURI);
SOCKET.protocol = SOCKET.protocol.replace('http', 'ws');

const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title', text: 'text' } });

offerSecondWindow(document.getElementById('second-window'));
if (!window.isSecureContext) stop(NO_STORAGE);
else await open();

async function open() {
  const user = await untilKnown();
  if (user === null) return stop(NOBODY);
  try {
    show(user, await openChannels(user));
  } catch (error) {
    console.error('The store could not be opened.', error);
    stop(NOT_OPENED);
  }
}

/** @returns {Promise<string | null>} the name of the user; null if the server knows none */
async function untilKnown() {
  for (let failures = 1; ; failures++) {
    const user = await findUser();
    if (user.kind === 'known') return user.name;
    if (user.kind === 'refused') return null;
    await pause(backoffMillis(failures));
  }
}

function openChannels(user) {
  return openClient({
    url: SOCKET,
    user,
    channels: ['todos', notesOf(user)],
    onRefused: (outcome) => notices.showRefusal('A change that you made earlier was not applied.', outcome),
    onUnreached: () => void checkUser(user),
  });
}

function notesOf(user) {
  return `notes:${user}`;
}

/** A browser does not tell a refused socket from a lost network. */
async function checkUser(user) {
  const now = await askServer();
  if (now.kind === 'refused' || (now.kind === 'known' && now.name !== user)) location.reload();
}

function show(user, client) {
  const todos = client.channel('todos');
  const notes = client.channel(notesOf(user));
  showText(document.getElementById('notes-channel'), notes.name);
  showStatus(client, [todos, notes]);
  showTodos({ todos, notices, report });
  showNotes({ notes, notices, report });
}

function showStatus(client, channels) {
  const badge = createStatusBadge(document.getElementById('status'));
  const waiting = new Map();
  const showState = () => badge.showState(client.state, client.state === 'offline' ? KEPT : '');
  client.subscribe(({ kind }) => kind === 'state' && showState());
  for (const { name, watch } of channels) {
    watch(({ pendingCount }) => {
      waiting.set(name, pendingCount);
      badge.showWaiting([...waiting.values()].reduce((sum, each) => sum + each, 0));
    });
  }
  showState();
}

/** Notifies the user if a change is refused. Returns whether it took effect. */
async function report(heading, outcome) {
  const result = await outcome;
  if (result.kind === 'refused') notices.showRefusal(heading, result);
  return result.kind === 'applied';
}

function stop(sentence) {
  const badge = document.getElementById('status');
  badge.dataset.state = 'closed';
  showText(badge.querySelector('.badge-state'), 'Not open');
  document.getElementById('channels').hidden = true;
  const line = document.getElementById('stopped');
  line.hidden = false;
  showText(line, sentence);
}
