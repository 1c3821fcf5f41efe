/** Interval of questions to the server while the client is not connected. */
const ASK_EVERY_MILLIS = 2_000;

/** Time that the client gets for its first connection before the server is asked. */
const FIRST_CONNECTION_MILLIS = 1_000;

/**
 * The state of a store's connection. The client notices a lost network only when its socket ends, or after 20 s of
 * silence; the browser reports at once that the network may be gone. Then, and while the client is not connected, the
 * server is asked.
 *
 * @param {Awaited<ReturnType<import('./store.js').openStore>>} store
 * @param {() => Promise<'accepted' | 'refused' | 'unreachable'>} ask
 * @param {(state: 'connecting' | 'live' | 'offline' | 'refused' | 'reconnecting') => void} show `reconnecting`: the
 *   server can be reached, but the client waits before it tries again
 */
export function watchConnection(store, ask, show) {
  let connected = false;
  let answer = null;
  let asked = 0;
  let timer = setTimeout(askNow, FIRST_CONNECTION_MILLIS);

  function state() {
    if (answer === 'unreachable') return 'offline';
    if (answer === 'refused') return 'refused';
    if (connected) return 'live';
    return answer === 'accepted' ? 'reconnecting' : 'connecting';
  }

  async function askNow() {
    clearTimeout(timer);
    const mine = ++asked;
    const given = await ask();
    if (mine !== asked) return;
    answer = given;
    show(state());
    if (!connected || answer !== 'accepted') timer = setTimeout(askNow, ASK_EVERY_MILLIS);
  }

  addEventListener('offline', askNow);
  addEventListener('online', askNow);
  store.watchConnected((now) => {
    if (now === connected) return;
    connected = now;
    if (connected) {
      clearTimeout(timer);
      asked++;
      answer = null;
    } else {
      void askNow();
    }
    show(state());
  });
}
