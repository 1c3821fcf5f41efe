import { openCollection } from './page/collection.js';
import { openConnection } from './page/connection.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showStatus } from './page/status-badge.js';
import { offerAdding } from './adding.js';
import { showTodos } from './todos.js';

const connection = openConnection();
const todos = openCollection('todos', connection);
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title' } });

showStatus(document.getElementById('status'), connection, [todos]);
guardLeaving([todos]);
offerSecondWindow(document.getElementById('second-window'));
offerAdding(todos, notices);
showTodos(todos, notices);
