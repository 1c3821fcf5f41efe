import { createNotices } from './lockstep/notices.js';

/** What the page tells its user beside the board. */
export const notices = createNotices(document.getElementById('notices'), { row: 'task', fields: { title: 'title' } });
