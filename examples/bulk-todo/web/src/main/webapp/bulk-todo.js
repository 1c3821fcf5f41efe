import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { offerAdding } from './adding.js';
import { createTimedReports } from './last-request.js';
import { showTodos } from './todos.js';

const client = createClient({ url: './', maxInFlight: 1 });
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });
const report = createTimedReports(createWriteReports(client, notices));

showStatus(document.getElementById('status'), client);
guardLeaving(client);
offerSecondWindow(document.getElementById('second-window'));
offerAdding({ client, report });
showTodos({ client, notices, report });
