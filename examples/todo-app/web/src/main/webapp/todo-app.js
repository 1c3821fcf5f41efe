import { SHARED_ROOM } from './page/application.js';
import { openCollection } from './page/collection.js';
import { openConnection } from './page/connection.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showStatus } from './page/status-badge.js';
import { showNotes } from './notes.js';
import { showTodos } from './todos.js';
import { showTypists } from './typists.js';

const connection = openConnection(SHARED_ROOM, { messages: true });
const todos = openCollection('todos', connection);
const notes = openCollection('notes', connection);
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title', content: 'text' } });

showStatus(document.getElementById('status'), connection, [todos, notes]);
guardLeaving([todos, notes]);
offerSecondWindow(document.getElementById('second-window'));
showTodos(todos, notices);
showNotes(notes, notices);
showTypists(document.getElementById('todo-form'), document.getElementById('typists'), connection);
