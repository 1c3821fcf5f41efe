/**
 * Asks the user before the page is left with unsent changes, if the browser does not keep them.
 *
 * @param {import('@lockstep/client').Client<any>} client
 */
export function guardLeaving(client) {
  addEventListener('beforeunload', (event) => {
    if (client.status.storage !== 'durable' && client.pending().length > 0) event.preventDefault();
  });
}
