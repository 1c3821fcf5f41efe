import { openCollection } from './page/collection.js';
import { openConnection } from './page/connection.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showStatus } from './page/status-badge.js';
import { whoAmI } from './sign-in/who.js';
import { showTodos } from './todos.js';

const user = await whoAmI();
const connection = openConnection({ room: user, party: 'todos' });
const todos = openCollection('todos', connection);
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });

document.getElementById('user').textContent = user;
document.getElementById('other-user').textContent = user === 'admin' ? 'user' : 'admin';
showStatus(document.getElementById('status'), connection, [todos]);
guardLeaving([todos]);
offerSecondWindow(document.getElementById('second-window'));
showTodos(todos, notices);
