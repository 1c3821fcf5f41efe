import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { showNotes } from './notes.js';
import { showTodos } from './todos.js';
import { showTypists } from './typists.js';

const client = createClient({ url: './', messages: true, maxInFlight: 1 });
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title', content: 'text' } });
const report = createWriteReports(client, notices);

showStatus(document.getElementById('status'), client);
guardLeaving(client);
offerSecondWindow(document.getElementById('second-window'));
showTodos({ todos: client.collection('todos'), notices, report });
showNotes({ notes: client.collection('notes'), notices, report });
showTypists(document.getElementById('todo-form'), document.getElementById('typists'), client);
