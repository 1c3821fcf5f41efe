import { backoffMillis } from '../page/backoff.js';
import { newId, ping } from './frames.js';

/** Interval of pings, and the time in which the server must answer one. */
const PING_EVERY_MILLIS = 30_000;
const PONG_MILLIS_MAX = 10_000;

/** Time limit from opening a socket until it is open. */
const OPEN_MILLIS_MAX = 10_000;

/**
 * A socket that is opened anew after every loss.
 *
 * @param {URL} url
 * @param {{onOpen: () => void, onText: (text: string) => void, onLost: () => void}} listeners
 */
export function keepSocket(url, { onOpen, onText, onLost }) {
  let socket = null;
  let isOpen = false;
  let failures = 0;
  let nonce = null;
  let reconnectTimer, openTimer, pingTimer, pongTimer;

  function connect() {
    clearTimeout(reconnectTimer);
    const opened = new WebSocket(url);
    socket = opened;
    openTimer = setTimeout(() => lose(opened), OPEN_MILLIS_MAX);
    opened.addEventListener('open', () => {
      if (socket !== opened) return;
      clearTimeout(openTimer);
      isOpen = true;
      pingTimer = setInterval(sendPing, PING_EVERY_MILLIS);
      onOpen();
    });
    opened.addEventListener('message', ({ data }) => socket === opened && onText(data));
    opened.addEventListener('close', () => lose(opened));
  }

  function sendPing() {
    nonce = newId();
    socket.send(ping(nonce));
    pongTimer = setTimeout(() => lose(socket), PONG_MILLIS_MAX);
  }

  /** A lost socket is not waited for: its close handshake may never end. */
  function lose(lost) {
    if (lost === null || socket !== lost) return;
    socket = null;
    isOpen = false;
    for (const timer of [openTimer, pongTimer]) clearTimeout(timer);
    clearInterval(pingTimer);
    lost.close();
    failures += 1;
    reconnectTimer = setTimeout(connect, backoffMillis(failures));
    onLost();
  }

  const reconnectNow = () => socket === null && connect();

  // "offline" is only a hint: a server on this machine stays reachable, so attempts continue.
  addEventListener('offline', () => lose(socket));
  addEventListener('online', reconnectNow);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && reconnectNow());

  connect();

  return {
    /** Whether a text was handed to an open socket. */
    send(text) {
      if (isOpen) socket.send(text);
      return isOpen;
    },
    /** The socket is useful: the next pause is the shortest again. */
    succeeded() {
      failures = 0;
    },
    ponged: (answered) => answered === nonce && clearTimeout(pongTimer),
    /** Ends a socket whose server or client has gone wrong. */
    replace: () => lose(socket),
  };
}
