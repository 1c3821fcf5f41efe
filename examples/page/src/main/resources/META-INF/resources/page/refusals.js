// The server's refusals as sentences for the page's user.

/**
 * The page's names for its rows and their fields.
 *
 * @typedef {{row: string, fields: Record<string, string>}} Names e.g. `{row: 'todo', fields: {title: 'title'}}`
 * @typedef {{message: string, path: string | readonly string[]}} Issue
 * @typedef {{message: string, status?: number | undefined, issues?: readonly Issue[]}} Refusal
 */

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/**
 * Bean Validation's own messages, in its implementation's English, and the server's.
 *
 * @type {[pattern: RegExp, words: (match: RegExpExecArray) => string][]}
 */
const CONSTRAINTS = [
  [/^must not be (blank|empty|null)$/, () => 'is empty'],
  [/^size must be between \d+ and (\d+)$/, ([, max]) => `is too long (at most ${max} characters)`],
  [/^is too long: at most (\d+) characters$/, ([, max]) => `is too long (at most ${max} characters)`],
  [/^is /, ({ input }) => input.replace(/\.$/, '')],
  [/^length must be between \d+ and (\d+)$/, ([, max]) => `is too long (at most ${max} characters)`],
];

/**
 * @param {Refusal} refusal
 * @param {Names} names
 * @returns {string} one or more whole sentences
 */
export function refusalText({ message, status, issues = [] }, names) {
  if (status === 401) return 'You are signed out. Sign in again.';
  if (status === 403) return 'You are not allowed to do this.';
  if (issues.length === 0) return asSentence(message);
  return issues.map((issue) => issueText(issue, names)).join(' ');
}

/**
 * @param {Issue} issue
 * @param {Names} names
 */
function issueText({ message, path }, { row, fields }) {
  const steps = typeof path === 'string' ? path.split('.') : path.map(String);
  const field = steps.at(-1) ?? '';
  const item = steps.slice(0, -1).findLast((step) => /^\d+$/.test(step));
  const place = item === undefined ? '' : ` of the ${ordinal(Number(item) + 1)} ${row}`;
  return `The ${fields[field] ?? field}${place} ${predicate(message)}.`;
}

/** @param {string} message */
function predicate(message) {
  for (const [pattern, words] of CONSTRAINTS) {
    const match = pattern.exec(message);
    if (match) return words(match);
  }
  return `cannot be stored: ${message.replace(/\.$/, '')}`;
}

/**
 * @param {number} number from 1
 * @returns {string} e.g. "second", "23rd"
 */
export function ordinal(number) {
  const word = ORDINALS[number - 1];
  if (word) return word;
  const teen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}

/** @param {string} message */
function asSentence(message) {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
