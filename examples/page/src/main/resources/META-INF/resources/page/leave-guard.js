/**
 * Asks the user before the page is left with unsent changes, which exist in this page only.
 *
 * @param {import('./collection.js').Collection[]} collections
 */
export function guardLeaving(collections) {
  const waiting = new Set();
  for (const { name, watch } of collections) {
    watch(({ pendingCount }) => (pendingCount > 0 ? waiting.add(name) : waiting.delete(name)));
  }
  addEventListener('beforeunload', (event) => waiting.size > 0 && event.preventDefault());
}
