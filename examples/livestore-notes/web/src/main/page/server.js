/** An answer that takes longer counts as none. */
const ANSWER_MILLIS_MAX = 1_500;

/**
 * Asks the server whether it serves a store. The client cannot tell a refusal from a lost network: a browser hides the
 * answers to sockets that are not opened.
 *
 * @param {string} name of the store
 * @param {string | null} token
 * @returns {Promise<'accepted' | 'refused' | 'unreachable'>}
 */
export async function askServer(name, token) {
  const payload = token === null ? undefined : { authToken: token };
  const url = new URL('sync', document.baseURI);
  url.searchParams.set('storeId', name);
  if (payload) url.searchParams.set('payload', encodeURIComponent(JSON.stringify(payload)));
  url.searchParams.set('transport', 'http');
  const ping = { _tag: 'Request', id: '0', tag: 'SyncHttpRpc.Ping', payload: { storeId: name, payload }, headers: [] };
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ping),
      signal: AbortSignal.timeout(ANSWER_MILLIS_MAX),
    });
    await answer.text();
    if ([400, 401, 403].includes(answer.status)) return 'refused';
    return answer.ok ? 'accepted' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}
