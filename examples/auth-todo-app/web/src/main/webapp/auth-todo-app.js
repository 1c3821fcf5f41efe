import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { forgetWhenSignedOut } from './sign-in/sign-out.js';
import { whoAmI } from './sign-in/who.js';
import { showTodos } from './todos.js';

const user = await whoAmI();
const client = createClient({ url: './', room: user, user, maxInFlight: 1 });
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });
const report = createWriteReports(client, notices);

document.getElementById('user').textContent = user;
document.getElementById('other-user').textContent = user === 'admin' ? 'user' : 'admin';
forgetWhenSignedOut(document.getElementById('sign-out'), client);
showStatus(document.getElementById('status'), client);
guardLeaving(client);
offerSecondWindow(document.getElementById('second-window'));
showTodos({ todos: client.collection('todos'), notices, report });
