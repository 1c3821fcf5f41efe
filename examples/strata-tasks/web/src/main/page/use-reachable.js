import { useEffect, useState } from 'react';

/** Interval of requests to the server while it does not answer. */
const ASK_EVERY_MILLIS = 2_000;

/** An answer that takes longer counts as none. */
const ANSWER_MILLIS_MAX = 1_500;

/**
 * Whether the server can be reached. The client notices a lost network only when its socket ends, which can take
 * minutes; the browser reports at once that the network may be gone. Then the server is asked.
 */
export function useReachable() {
  const [reachable, setReachable] = useState(true);
  useEffect(() => {
    let timer;
    let asked = 0;
    async function ask() {
      clearTimeout(timer);
      const mine = ++asked;
      const answers = await fetch(document.baseURI, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MILLIS_MAX) })
        .then(() => true, () => false);
      if (mine !== asked) return;
      setReachable(answers);
      if (!answers) timer = setTimeout(ask, ASK_EVERY_MILLIS);
    }
    addEventListener('offline', ask);
    addEventListener('online', ask);
    if (!navigator.onLine) void ask();
    return () => {
      asked++;
      clearTimeout(timer);
      removeEventListener('offline', ask);
      removeEventListener('online', ask);
    };
  }, []);
  return reachable;
}
