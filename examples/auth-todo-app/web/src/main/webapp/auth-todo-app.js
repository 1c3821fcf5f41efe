import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { byId } from './page/elements.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { createWriteReports } from './page/write-reports.js';
import { forgetWhenSignedOut } from './sign-in/sign-out.js';
import { whoAmI } from './sign-in/who.js';
import { showTodos } from './todos.js';

/** @import { Schema } from '../types/lockstep.js' */

const user = await whoAmI();
/** @type {import('@lockstep/client').Client<Schema>} */
const client = createClient({ url: './', room: user, user, maxInFlight: 1 });
const notices = createNotices(byId('notices', HTMLElement), { row: 'todo', fields: { title: 'title' } });
const report = createWriteReports(client, notices);

byId('user', HTMLElement).textContent = user;
byId('other-user', HTMLElement).textContent = user === 'admin' ? 'user' : 'admin';
forgetWhenSignedOut(byId('sign-out', HTMLAnchorElement), client);
showStatus(byId('status', HTMLElement), client);
guardLeaving(client);
offerSecondWindow(byId('second-window', HTMLButtonElement));
showTodos({ todos: client.collection('todos'), notices, report });
