import { request } from './page/request.js';

const KEY = 'svelte-todos.user';

const ME = new URL('rest/me', document.baseURI);

/**
 * @typedef {{kind: 'known', name: string} | {kind: 'refused'} | {kind: 'unreachable'}} User
 * @returns {Promise<User>} the user that the server sees; without the server, the last one on this device
 */
export async function findUser() {
  const user = await askServer();
  if (user.kind === 'known') localStorage.setItem(KEY, user.name);
  if (user.kind !== 'unreachable') return user;
  const last = localStorage.getItem(KEY);
  return last === null ? user : { kind: 'known', name: last };
}

/** @returns {Promise<User>} */
export async function askServer() {
  const answer = await request('GET', ME);
  if (answer.kind === 'answered' && answer.body.authenticated) return { kind: 'known', name: answer.body.username };
  return { kind: answer.kind === 'answered' || answer.kind === 'refused' ? 'refused' : 'unreachable' };
}
