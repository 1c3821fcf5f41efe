import { request } from './page/request.js';

/**
 * The members, for admins: every member but the admin can be given another role.
 *
 * @param {{user: string, role: import('./role.js').OpenRole,
 *   notices: ReturnType<import('./page/notices.js').createNotices>}} parts
 */
export function showMembers({ user, role, notices }) {
  const panel = document.getElementById('members-panel');
  const list = document.getElementById('members');
  const template = document.getElementById('member-row');

  async function show() {
    const answer = await request('GET', 'api/members');
    if (answer.kind === 'answered') list.replaceChildren(...answer.body.members.map(rowOf));
  }

  function rowOf(member) {
    const row = template.content.firstElementChild.cloneNode(true);
    const select = row.querySelector('.member-role');
    row.querySelector('.member-name').textContent = member.name === user ? `${member.name} (you)` : member.name;
    select.setAttribute('aria-label', `Role of ${member.name}`);
    select.value = member.role ?? '';
    select.disabled = member.name === user;
    select.addEventListener('change', () => give(member, select));
    return row;
  }

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
