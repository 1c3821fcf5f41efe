import { openCollection } from './page/collection.js';
import { openConnection } from './page/connection.js';
import { guardLeaving } from './page/leave-guard.js';
import { createNotices } from './page/notices.js';
import { offerSecondWindow } from './page/second-window.js';
import { showStatus } from './page/status-badge.js';
import { showLists } from './lists.js';
import { createPickedList } from './picked-list.js';
import { showTodos } from './todos.js';

const connection = openConnection();
const lists = openCollection('lists', connection);
const todos = openCollection('scopedTodos', connection);
const notices = createNotices(document.getElementById('notices'), { row: 'todo', fields: { title: 'title', name: 'name of the list' } });
const picked = createPickedList(lists);

showStatus(document.getElementById('status'), connection, [lists, todos]);
guardLeaving([lists, todos]);
offerSecondWindow(document.getElementById('second-window'));
showLists({ lists, todos, picked, notices });
showTodos({ todos, picked, notices });
