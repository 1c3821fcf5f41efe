import { createNotices } from './page/notices.js';

/** The page's notices to its user, beside the board. */
export const notices = createNotices(document.getElementById('notices'), { row: 'task', fields: { title: 'title' } });
