import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { byId } from './page/elements.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { showNotes } from './notes.js';
import { showTodos } from './todos.js';
import { showTypists } from './typists.js';

/** @import { Schema } from '../types/lockstep.js' */

/** @type {import('@lockstep/client').Client<Schema>} */
const client = createClient({ url: './', messages: true, maxInFlight: 1 });
const notices = createNotices(byId('notices', HTMLElement), { row: 'todo', fields: { title: 'title', content: 'text' } });
const report = createWriteReports(client, notices);

showStatus(byId('status', HTMLElement), client);
guardLeaving(client);
offerSecondWindow(byId('second-window', HTMLButtonElement));
showTodos({ todos: client.collection('todos'), notices, report });
showNotes({ notes: client.collection('notes'), notices, report });
showTypists(byId('todo-form', HTMLFormElement), byId('typists', HTMLElement), client);
