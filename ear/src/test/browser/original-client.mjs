// The behaviour of cf-sync-kit's published client, rebuilt from its contract (sections 1.2, 1.5 and 1.7), because the
// package is in no registry. With `pingEveryMillis` it also does what clients since 0.25 do (the contract's last
// section): it names the rows that it inserts, pings with a text frame, applies a frame to the lists of all scopes and of
// the frame's scope, and reads again what a refusal or a gap concerns. Its two libraries are the real ones: TanStack Query
// for the cache, partysocket for the connection. It deliberately keeps two weaknesses of the original: up to 0.24 it rolls
// back to a snapshot, and it takes its own echo for another client's.

import { randomUUID } from 'node:crypto';
import { QueryClient, QueryObserver } from '@tanstack/query-core';
import PartySocket from 'partysocket';
import WebSocket from 'ws';
import { headersOf } from './users.mjs';

const ANSWER_MILLIS_MAX = 10_000;
const RETRY_MILLIS = [1_000, 2_000, 4_000];
const RETRY_JITTER_MILLIS_MAX = 200;
const SYNC_INIT_MILLIS_MAX = 5_000;
const PONG_MILLIS_MAX = 10_000;

const ACTIONS = new Set(['insert', 'update', 'delete', 'bulk-insert', 'bulk-update', 'bulk-delete']);

/** Error of a mutation or a read. 408: no answer in time; 0: no connection. */
export class SyncError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * One browser tab of an application: its cache, socket and collections.
 *
 * @param {{host: string, syncId?: string, party?: string, scope?: string, query?: object, user?: string,
 *   pingEveryMillis?: number}} where `host` serves `/api` and `/parties`; `scope` and `query` are those of the live
 *   hook; a browser in which `user` has signed in adds the password to each request
 */
export function openOriginalClient({ host, syncId = 'default', party = 'main', scope: liveScope, query, user, pingEveryMillis }) {
  const isNewer = pingEveryMillis !== undefined;
  const browserHeaders = user === undefined ? {} : headersOf(user, `http://${host}`);
  const cache = new QueryClient();
  const keyOf = (collection, scope) => [collection, syncId, scope];
  const stops = [];
  const errors = [];
  const frames = [];
  const liveness = { opened: 0, pongs: 0 };

  async function call(method, path, body) {
    let response;
    try {
      response = await fetch(`http://${host}/api/${syncId}/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...browserHeaders },
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MILLIS_MAX),
      });
      const text = await response.text();
      if (response.ok) return JSON.parse(text);
      throw new SyncError(response.status, messageOf(text));
    } catch (error) {
      if (error instanceof SyncError) throw error;
      throw new SyncError(error.name === 'TimeoutError' ? 408 : 0, error.message);
    }
  }

  /** Repeats what may still succeed, with the same mutation id. */
  async function callPatiently(method, path, body) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await call(method, path, body);
      } catch (error) {
        const mayHelp = error.status >= 500 || error.status === 0 || error.status === 429;
        if (!mayHelp || attempt === RETRY_MILLIS.length) throw error;
        await new Promise((resolve) =>
          setTimeout(resolve, RETRY_MILLIS[attempt] + Math.random() * RETRY_JITTER_MILLIS_MAX),
        );
      }
    }
  }

  function useCollection(collection, { scope } = {}) {
    const queryKey = keyOf(collection, scope);
    const query = scope === undefined ? '' : `?scope=${scope}`;
    const observer = new QueryObserver(cache, {
      queryKey,
      queryFn: async () => (await call('GET', `${collection}${query}`))[collection],
    });
    stops.push(observer.subscribe(() => {}));

    const rows = () => cache.getQueryData(queryKey) ?? [];
    const setRows = (change) => cache.setQueryData(queryKey, change(rows()));

    async function mutate({ optimistic, send, settle }) {
      await cache.cancelQueries({ queryKey });
      const snapshot = cache.getQueryData(queryKey);
      setRows(optimistic);
      try {
        const answer = await send({ _clientMutationId: randomUUID(), ...(scope && { scope }) });
        if (settle) setRows((now) => settle(now, answer.data));
        return answer;
      } catch (error) {
        if (isNewer) await cache.invalidateQueries({ queryKey, exact: true });
        else cache.setQueryData(queryKey, snapshot);
        errors.push(error);
        throw error;
      }
    }

    const insertInto = (method, path, items, body) => {
      const made = items.map((item) => ({ id: randomUUID(), ...item }));
      const mine = new Set(made.map(({ id }) => id));
      return mutate({
        optimistic: (now) => [...made, ...now],
        send: (meta) => callPatiently(method, path, { ...body, ...meta, ...(isNewer && names(made, body)) }),
        settle: (now, data) => prepended(now.filter(({ id }) => !mine.has(id)), [data].flat()),
      });
    };
    const names = (made, body) =>
      body.items ? { _entityIds: made.map(({ id }) => id) } : { _entityId: made[0].id };
    const updateIn = (path, items, body) =>
      mutate({
        optimistic: (now) => items.reduce((all, { id, data }) => merged(all, { ...data, id }), now),
        send: (meta) => callPatiently('PUT', path, { ...body, ...meta }),
        settle: (now, data) => [data].flat().filter(Boolean).reduce(merged, now),
      });

    return {
      rows,
      state: () => cache.getQueryState(queryKey),
      add: (row) => insertInto('POST', collection, [row], row),
      addMany: (items) => insertInto('POST', `${collection}/bulk`, items, { items }),
      update: (id, data) => updateIn(`${collection}/${id}`, [{ id, data }], data),
      updateMany: (items) => updateIn(`${collection}/bulk`, items, { items }),
      remove: (id) =>
        mutate({
          optimistic: (now) => now.filter((row) => row.id !== id),
          send: (meta) => callPatiently('DELETE', `${collection}/${id}?${new URLSearchParams(meta)}`),
        }),
      removeMany: (ids) =>
        mutate({
          optimistic: (now) => now.filter(({ id }) => !ids.includes(id)),
          send: (meta) => callPatiently('DELETE', `${collection}/bulk`, { ids, ...meta }),
        }),
    };
  }

  let lastIds = {};
  let ready = false;
  let queued = [];
  let flushTimer;

  class BrowserSocket extends WebSocket {
    constructor(address, protocols) {
      super(address, protocols, { headers: browserHeaders });
    }
  }
  const socket = new PartySocket({ host, room: syncId, party, query, WebSocket: BrowserSocket });
  let pingTimer;
  let pongTimer;
  function ping() {
    socket.send('ping');
    clearTimeout(pongTimer);
    pongTimer = setTimeout(() => socket.reconnect(4000, 'no answer'), PONG_MILLIS_MAX);
  }
  socket.addEventListener('open', () => {
    liveness.opened++;
    if (isNewer) {
      clearInterval(pingTimer);
      pingTimer = setInterval(ping, pingEveryMillis);
      ping();
    }
    ready = false;
    flushTimer = setTimeout(flush, SYNC_INIT_MILLIS_MAX);
  });
  socket.addEventListener('message', ({ data }) => {
    clearTimeout(pongTimer);
    if (data === 'pong') {
      liveness.pongs++;
      return;
    }
    const frame = JSON.parse(data);
    frames.push(frame);
    if (frame.type === 'sync-init') void begin(frame.counters);
    else if (!isBroadcast(frame)) errors.push(new Error(`a frame that cannot be read: ${data}`));
    else if (ready) take(frame);
    else queued.push(frame);
  });

  /** Reads all lists again; frames that arrive meanwhile are applied after them. */
  async function begin(counters) {
    clearTimeout(flushTimer);
    ready = false;
    lastIds = { ...counters };
    await cache.refetchQueries({ predicate: ({ queryKey }) => queryKey[1] === syncId });
    flush();
  }

  function flush() {
    queued.splice(0).forEach(apply);
    ready = true;
  }

  function take(frame) {
    const last = lastIds[frame.collection] ?? 0;
    if (frame.broadcastId <= last) return;
    lastIds[frame.collection] = frame.broadcastId;
    if (frame.broadcastId === last + 1) apply(frame);
    else if (isNewer) void cache.refetchQueries({ predicate: ({ queryKey: [of, room] }) => of === frame.collection && room === syncId });
    else void cache.refetchQueries({ queryKey: keyOf(frame.collection, frame.scope), exact: true });
  }

  /** Whether a list shows the change of a frame. */
  function shows([collection, room, scope], frame) {
    if (collection !== frame.collection || room !== syncId) return false;
    return isNewer ? scope === undefined || scope === frame.scope : scope === (frame.scope ?? liveScope);
  }

  function apply(frame) {
    const { action, payload } = frame;
    cache.setQueriesData({ predicate: ({ queryKey }) => shows(queryKey, frame) }, (rows) => {
      if (rows === undefined) return undefined; // never read
      switch (action) {
        case 'insert':
        case 'bulk-insert':
          return prepended(rows, [payload].flat());
        case 'update':
        case 'bulk-update':
          return [payload].flat().reduce(merged, rows);
        case 'delete':
          return rows.filter(({ id }) => id !== payload.id);
        case 'bulk-delete':
          return rows.filter(({ id }) => !payload.ids.includes(id));
      }
    });
  }

  return {
    useCollection,
    /** Errors, oldest first: mutations that were rolled back, frames that could not be read. */
    errors,
    /** Every frame as it came. */
    frames,
    /** Number of times that its socket was opened, and its pings were answered. */
    liveness,
    isLive: () => ready && socket.readyState === WebSocket.OPEN,
    close() {
      clearTimeout(flushTimer);
      clearTimeout(pongTimer);
      clearInterval(pingTimer);
      socket.close();
      stops.forEach((stop) => stop());
      cache.clear();
    },
  };
}

/** Absent values are left out: a `null` where a text may be makes a frame unreadable. */
function isBroadcast({ type, collection, action, broadcastId, payload, clientMutationId, scope }) {
  const isOptionalText = (value) => value === undefined || typeof value === 'string';
  return (
    type === 'broadcast' && typeof collection === 'string' && ACTIONS.has(action) && Number.isInteger(broadcastId) &&
    payload !== undefined && isOptionalText(clientMutationId) && isOptionalText(scope)
  );
}

function prepended(rows, incoming) {
  const there = new Set(rows.map(({ id }) => id));
  return [...incoming.filter(({ id }) => !there.has(id)), ...rows];
}

/** An older version is ignored; one without a timestamp is not older. */
function merged(rows, row) {
  return rows.map((now) => {
    if (now.id !== row.id || (now.updatedAt && row.updatedAt < now.updatedAt)) return now;
    return { ...now, ...row };
  });
}

function messageOf(text) {
  try {
    const { error, message } = JSON.parse(text);
    return error?.message ?? message ?? error?.issues?.[0]?.message;
  } catch {
    return text;
  }
}
