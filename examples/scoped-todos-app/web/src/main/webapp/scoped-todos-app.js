import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { byId } from './page/elements.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { showLists } from './lists.js';
import { createPickedList } from './picked-list.js';
import { showTodos } from './todos.js';

/** @import { Schema } from '../types/lockstep.js' */

/** @type {import('@lockstep/client').Client<Schema>} */
const client = createClient({ url: './', maxInFlight: 1 });
const lists = client.collection('lists');
const todos = client.collection('scopedTodos');
const notices = createNotices(byId('notices', HTMLElement), { row: 'todo', fields: { title: 'title', name: 'name of the list' } });
const report = createWriteReports(client, notices);
const picked = createPickedList(lists);

showStatus(byId('status', HTMLElement), client);
guardLeaving(client);
offerSecondWindow(byId('second-window', HTMLButtonElement));
showLists({ client, picked, notices, report });
showTodos({ todos, picked, notices, report });
