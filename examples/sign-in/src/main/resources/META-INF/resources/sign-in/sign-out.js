const UNSENT = 'Some of your changes are not sent yet. They are lost if you sign out. Sign out?';

/**
 * Deletes what the browser keeps for the user, before the user signs out.
 *
 * @param {HTMLAnchorElement} link signs out
 * @param {import('@lockstep/client').Client<any>} client
 */
export function forgetWhenSignedOut(link, client) {
  link.addEventListener('click', async (event) => {
    event.preventDefault();
    if (client.pending().length > 0 && !confirm(UNSENT)) return;
    await client.close({ forget: true });
    location.assign(link.href);
  });
}
