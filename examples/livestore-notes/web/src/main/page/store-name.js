import { shortened } from './page/todo-rows.js';

/** The store of a page that names none in its address. */
const DEFAULT_NAME = 'team-1';

/** The client accepts no other names. */
const ACCEPTED = /^[A-Za-z0-9_-]+$/;

/** Longest name that the server accepts, in characters. */
const LENGTH_MAX = 256;

/** Number of names that this device remembers. */
const KNOWN_MAX = 6;

const KNOWN_KEY = 'livestore-notes.stores';

/** Name in the page's address, as in `?store=team-1`; the address has it afterwards. */
export function nameInAddress() {
  const address = new URL(location.href);
  if (!address.searchParams.get('store')) {
    address.searchParams.set('store', DEFAULT_NAME);
    history.replaceState(null, '', address);
  }
  return address.searchParams.get('store');
}

/** @returns {string} the reason why a name cannot be used, as a sentence; empty if it can */
export function problemOf(name) {
  if (name.length > LENGTH_MAX) return `The name is too long: it has ${name.length} characters (at most ${LENGTH_MAX}).`;
  if (ACCEPTED.test(name)) return '';
  return `“${shortened(name)}” cannot be the name of a store: use letters of the English alphabet, digits, hyphens and underscores.`;
}

/** Whether the server wants a token for the store. */
export const needsToken = (name) => name.startsWith('auth-');

/** @returns {string[]} the names last used on this device, the given one included, newest first */
export function rememberName(name) {
  const names = [name, ...knownNames().filter((each) => each !== name)].slice(0, KNOWN_MAX);
  localStorage.setItem(KNOWN_KEY, JSON.stringify(names));
  return names;
}

function knownNames() {
  try {
    return JSON.parse(localStorage.getItem(KNOWN_KEY) ?? '[]').filter((name) => problemOf(name) === '');
  } catch {
    return [];
  }
}
