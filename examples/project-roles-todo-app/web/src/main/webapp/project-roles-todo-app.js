import { openCollection } from './page/collection.js';
import { openConnection } from './page/connection.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { showStatus } from './page/status-badge.js';
import { showMembers } from './members.js';
import { openRole, showRole } from './role.js';
import { whoAmI } from './sign-in/who.js';
import { showTodos } from './todos.js';

const user = await whoAmI();
const connection = openConnection({ room: 'project:demo-project', party: 'todos' });
const todos = openCollection('todos', connection);
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });
const role = openRole(connection);

document.getElementById('user').textContent = user;
showStatus(document.getElementById('status'), connection, [todos]);
guardLeaving([todos]);
showRole(role);
showTodos({ todos, role, notices });
showMembers({ user, role, notices });
