import { openCollection } from './lockstep/collection.js';
import { openConnection } from './lockstep/connection.js';
import { guardLeaving } from './lockstep/leave-guard.js';
import { createNotices } from './lockstep/notices.js';
import { offerSecondWindow } from './lockstep/second-window.js';
import { showStatus } from './lockstep/status-badge.js';
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
