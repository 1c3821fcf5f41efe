import { byId, copyOf, find } from './page/elements.js';
import { request } from './page/request.js';

/** @typedef {{name: string, role: import('./role.js').Role}} Member */

/**
 * The members, for admins: every member but the admin can be given another role.
 *
 * @param {{user: string, role: import('./role.js').OpenRole,
 *   notices: import('./page/notices.js').Notices}} parts
 */
export function showMembers({ user, role, notices }) {
  const panel = byId('members-panel', HTMLElement);
  const list = byId('members', HTMLElement);
  const template = byId('member-row', HTMLTemplateElement);

  async function show() {
    const answer = await request('GET', 'api/members');
    if (answer.kind === 'answered') list.replaceChildren(...answer.body.members.map(rowOf));
  }

  /** @param {Member} member */
  function rowOf(member) {
    const row = copyOf(template);
    const select = find(row, '.member-role', HTMLSelectElement);
    find(row, '.member-name', HTMLElement).textContent = member.name === user ? `${member.name} (you)` : member.name;
    select.setAttribute('aria-label', `Role of ${member.name}`);
    select.value = member.role ?? '';
    select.disabled = member.name === user;
    select.addEventListener('change', () => give(member, select));
    return row;
  }

  /**
   * @param {Member} member
   * @param {HTMLSelectElement} select
   */
  async function give(member, select) {
    const path = ['members', member.name, select.value].filter(Boolean).map(encodeURIComponent).join('/');
    const answer = await request(select.value === '' ? 'DELETE' : 'PUT', `api/${path}`);
    if (answer.kind === 'answered') {
      member.role = answer.body.role;
    } else {
      notices.show('Role not changed.', answer.message);
      select.value = member.role ?? '';
    }
  }

  role.watch((now) => {
    panel.hidden = now !== 'admin';
    if (now === 'admin') void show();
  });
}
