import { createClient } from './lockstep/client.js';
import { showStatus } from './page/client-status.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { createWriteReports } from './page/write-reports.js';
import { showMembers } from './members.js';
import { openRole, showRole } from './role.js';
import { forgetWhenSignedOut } from './sign-in/sign-out.js';
import { whoAmI } from './sign-in/who.js';
import { showTodos } from './todos.js';

const user = await whoAmI();
const client = createClient({ url: './', room: 'project:demo-project', user, maxInFlight: 1 });
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });
const report = createWriteReports(client, notices);
const role = openRole(client);

document.getElementById('user').textContent = user;
forgetWhenSignedOut(document.getElementById('sign-out'), client);
showStatus(document.getElementById('status'), client);
guardLeaving(client);
showRole(role);
showTodos({ todos: client.collection('todos'), role, notices, report });
showMembers({ user, role, notices });
