import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { showLists } from './lists.js';
import { createPickedList } from './picked-list.js';
import { showTodos } from './todos.js';

const client = createClient({ url: './', maxInFlight: 1 });
const lists = client.collection('lists');
const todos = client.collection('scopedTodos');
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title', name: 'name of the list' } });
const report = createWriteReports(client, notices);
const picked = createPickedList(lists);

showStatus(document.getElementById('status'), client);
guardLeaving(client);
offerSecondWindow(document.getElementById('second-window'));
showLists({ client, picked, notices, report });
showTodos({ todos, picked, notices, report });
