/** @typedef {ReturnType<typeof createWriteReports>} WriteReports */

const HEADINGS = { insert: 'Not added.', update: 'Not changed.', delete: 'Not removed.' };

/**
 * Notifies the user of each change that the server refuses, also of those made in other tabs or before a reload.
 *
 * @param {import('@lockstep/client').Client<any>} client
 * @param {import('./notices.js').Notices} notices
 * @returns {(heading: string, write: import('@lockstep/client').Write) => Promise<boolean>} waits for the answer to a write
 *   of this page, and tells whether it took effect; `heading` begins the notice if it did not, e.g. "None added."
 */
export function createWriteReports(client, notices) {
  /** @type {Map<string, string>} by mutation id */
  const headings = new Map();

  client.onRefused((refusal) => {
    const heading = headings.get(refusal.mutationId) ?? HEADINGS[refusal.changes[0]?.kind ?? 'update'];
    notices.showRefusal(heading, refusal);
  });

  return async (heading, write) => {
    headings.set(write.mutationId, heading);
    const { kind } = await write.accepted;
    headings.delete(write.mutationId);
    return kind === 'confirmed';
  };
}
