// The server and its stores, read without LiveStore's packages.

import { randomUUID } from 'node:crypto';
import { RawClient } from './raw.mjs';

/** Address of livestore-notes, without a trailing slash. */
export const APPLICATION = (
  process.env.LIVESTORE_URL ?? `${(process.env.BASE_URL ?? 'http://localhost:8080').replace(/\/$/, '')}/livestore-notes`
).replace(/\/$/, '');

/** The payload that stores named auth-… need. */
export const TOKEN = { authToken: 'insecure-token-change-me' };

/** Where the tests stop and start the server; absent when they cannot. */
export const CONTROL_URL = process.env.CONTROL_URL;

/** The key for the endpoints of operators; absent when there is none. */
export const OPERATOR_KEY = process.env.OPERATOR_KEY;

/** Name of a store that no other test and no earlier run has used. */
export const aStore = (what) => `${what.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${randomUUID().slice(0, 8)}`;

/** Address of a store's endpoint, as the published clients write it. */
export function endpoint(store, transport, payload) {
  const query = new URLSearchParams({ storeId: store });
  if (payload !== undefined) query.set('payload', encodeURIComponent(JSON.stringify(payload)));
  query.set('transport', transport);
  const base = transport === 'ws' ? APPLICATION.replace(/^http/, 'ws') : APPLICATION;
  return `${base}/sync?${query}`;
}

/** All events of a store, by a pull of its own. */
export async function readLog(store, payload) {
  const client = await RawClient.open(endpoint(store, 'ws', payload), store);
  try {
    const pull = client.pull();
    const exit = await pull.exit;
    if (exit._tag !== 'Success') throw new Error(`pull of ${store}: ${JSON.stringify(exit)}`);
    return pull.log;
  } finally {
    client.close();
  }
}

/**
 * Sends one message over HTTP; returns the server's messages.
 *
 * @param credentials the payload of the address
 */
export async function post(store, tag, payload, id = '0', credentials) {
  const response = await fetch(endpoint(store, 'http', credentials), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-livestore-store-id': encodeURIComponent(store) },
    body: JSON.stringify({ _tag: 'Request', id, tag: `SyncHttpRpc.${tag}`, payload: { storeId: store, ...payload }, headers: [] }),
  });
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return response.json();
}

/** Has the program that runs the tests do something: /server/stop, /server/start, /back-up, /restore. */
export async function control(step) {
  const { status } = await fetch(`${CONTROL_URL}${step}`, { method: 'POST' });
  if (status !== 204) throw new Error(`${status} for ${step}`);
}

/** Empties a store, as an operator. */
export async function resetStore(store) {
  const address = `${APPLICATION}/sync/stores/${encodeURIComponent(store)}/reset`;
  const { status } = await fetch(address, { method: 'POST', headers: { authorization: `Bearer ${OPERATOR_KEY}` } });
  if (status !== 200) throw new Error(`${status} for a reset`);
}
