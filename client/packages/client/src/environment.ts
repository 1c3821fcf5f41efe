import type { Environment } from './types.js';

/** The platform of the browser, or of Node where a part is missing. */
export function platform(overrides: Partial<Environment> = {}): Environment {
  return {
    now: () => Date.now(),
    setTimeout: (callback, millis) => setTimeout(callback, millis),
    clearTimeout: (timer) => clearTimeout(timer as number),
    random: () => Math.random(),
    fetch: (...request) => fetch(...request),
    WebSocket: globalThis.WebSocket as unknown as Environment['WebSocket'],
    indexedDB: globalThis.indexedDB,
    locks: globalThis.navigator?.locks as Environment['locks'],
    BroadcastChannel: globalThis.BroadcastChannel as unknown as Environment['BroadcastChannel'],
    onWake,
    ...overrides,
  };
}

const onWake: Environment['onWake'] = (listener) => {
  if (typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { signal } = stop;
  addEventListener('online', () => listener('online'), { signal });
  addEventListener('offline', () => listener('offline'), { signal });
  addEventListener('pageshow', () => listener('visible'), { signal });
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && listener('visible'),
    { signal },
  );
  return () => stop.abort();
};

/** A random id; also on pages that are not served over https. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
