import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { byId } from './page/elements.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { offerAdding } from './adding.js';
import { createTimedReports } from './last-request.js';
import { showTodos } from './todos.js';

/** @import { Schema } from '../types/lockstep.js' */

/** @type {import('@lockstep/client').Client<Schema>} */
const client = createClient({ url: './', maxInFlight: 1 });
const notices = createNotices(byId('notices', HTMLElement), { row: 'todo', fields: { title: 'title' } });
const report = createTimedReports(createWriteReports(client, notices));

showStatus(byId('status', HTMLElement), client);
guardLeaving(client);
offerSecondWindow(byId('second-window', HTMLButtonElement));
offerAdding({ client, report });
showTodos({ client, notices, report });
