import { restUrl } from './application.js';
import { backoffMillis, pause } from './backoff.js';
import { areRows } from './frames.js';
import { newMutationId, requestFor } from './mutation.js';
import { createOutbox } from './outbox.js';
import { refusalText } from './refusals.js';
import { request } from './request.js';
import { createRowKeys } from './row-keys.js';
import { isOlder, putRows, withoutRows } from './rows.js';
import { deriveView } from './view.js';

/**
 * @typedef {import('./frames.js').Row} Row
 * @typedef {import('./outbox.js').Outcome} Outcome
 * @typedef {import('./view.js').View} View
 * @typedef {ReturnType<typeof openCollection>} Collection
 */

/**
 * A live list of the rows of one collection. It keeps three states apart: rows from broadcasts, rows from answers whose
 * broadcast has not come yet, and pending mutations. The view is derived from them after each change, so that a
 * rollback of a refused mutation never undoes changes of other clients.
 *
 * @param {string} name
 * @param {import('./connection.js').Connection} connection
 */
export function openCollection(name, connection) {
  const urlOf = (below = '') => restUrl(connection.address, `${name}${below}`);
  const keys = createRowKeys();
  const watchers = new Set();

  /** @type {Row[]} rows as of the last applied broadcast */
  let confirmed = [];
  /** @type {Map<string, Row | null>} rows from answers, until their broadcast comes; null: deleted */
  const fromAnswers = new Map();
  const outbox = createOutbox(send, applyOutcome);

  let lastBroadcastId = null;
  /** @type {import('./frames.js').Broadcast[]} broadcasts that came while a list was being read */
  let buffered = [];
  let reading = false;
  let readAgain = false;
  let readSooner = () => {};
  let problem = null;
  let listed = false;
  let notifying = false;

  connection.subscribe((event) => {
    switch (event.kind) {
      case 'counters':
        lastBroadcastId = event.counters[name] ?? 0;
        outbox.retryNow();
        void readList();
        return;
      case 'broadcast':
        if (event.collection === name) receive(event);
        return;
      case 'state':
        // The list is useful without a socket, too.
        if (event.state === 'offline' && !listed) void readList();
    }
  });

  /** Ids grow by one. After a gap the list must be read again. */
  function receive(broadcast) {
    if (lastBroadcastId === null || broadcast.broadcastId <= lastBroadcastId) return;
    const nextInLine = broadcast.broadcastId === lastBroadcastId + 1;
    lastBroadcastId = broadcast.broadcastId;
    if (!nextInLine || broadcast.change.kind === 'unknown') void readList();
    else if (reading) buffered.push(broadcast);
    else applyBroadcast(broadcast);
  }

  function applyBroadcast({ change, mutationId }) {
    concludeByEcho(change, mutationId);
    if (change.kind === 'delete') {
      confirmed = withoutRows(confirmed, change.ids);
      change.ids.forEach((id) => fromAnswers.delete(id));
    } else {
      confirmed = putRows(confirmed, change.rows);
      change.rows.filter(isConfirmed).forEach((row) => fromAnswers.delete(row.id));
    }
    notifySoon();
  }

  function isConfirmed(row) {
    const answered = fromAnswers.get(row.id);
    return Boolean(answered) && !isOlder(row, answered);
  }

  function concludeByEcho(change, mutationId) {
    const mutation = outbox.pending().find(({ id }) => id === mutationId);
    if (!mutation) return;
    if (mutation.operation.kind === 'insert' && change.rows?.length !== mutation.operation.items.length) return;
    outbox.echoed(mutation, change.rows ?? []);
  }

  /** Reads until it has a list that is not outdated. A list contains every broadcast that came before its request. */
  async function readList() {
    readAgain = true;
    readSooner();
    if (reading) return;
    reading = true;
    for (let failures = 0; readAgain; ) {
      readAgain = false;
      buffered = [];
      const answer = await outbox.whileIdle(() => request('GET', urlOf()));
      if (answer.kind === 'answered' && areRows(answer.body?.[name])) {
        applyList(answer.body[name]);
        failures = 0;
      } else {
        problem = problemOf(answer);
        notifySoon();
        readAgain = true;
        await Promise.race([pause(backoffMillis(++failures)), new Promise((resolve) => (readSooner = resolve))]);
      }
    }
    reading = false;
  }

  function applyList(rows) {
    confirmed = rows;
    fromAnswers.clear();
    listed = true;
    problem = null;
    buffered.forEach(applyBroadcast);
    notifySoon();
  }

  function send(mutation) {
    const asked = requestFor(urlOf, mutation, keys.idOf);
    return asked && request(asked.method, asked.url, asked.body);
  }

  function applyOutcome({ operation }, outcome) {
    if (outcome.kind === 'applied') applyAnswer(operation, outcome.data);
    if (outcome.kind === 'abandoned') void readList();
    notifySoon();
  }

  function applyAnswer(operation, data) {
    if (operation.kind === 'delete') {
      operation.keys.map(keys.idOf).forEach((id) => id !== undefined && applyAnswered(id, null));
      return;
    }
    const rows = [data].flat().filter((row) => areRows([row]));
    if (operation.kind === 'insert') rows.forEach((row, at) => keys.bind(operation.items[at].key, row.id));
    rows.forEach((row) => applyAnswered(row.id, row));
  }

  function applyAnswered(id, row) {
    const known = confirmed.find((other) => other.id === id);
    const alreadyKnown = row === null ? !known : known && !isOlder(known, row);
    if (!alreadyKnown) fromAnswers.set(id, row);
  }

  /** Watchers get one view per turn of the event loop, and so never a partial change. */
  function notifySoon() {
    if (notifying) return;
    notifying = true;
    queueMicrotask(() => {
      notifying = false;
      const view = deriveView({ confirmed, fromAnswers, pending: outbox.pending(), keys, listed, problem });
      watchers.forEach((watcher) => watcher(view));
    });
  }

  function mutate(operation, bulk) {
    const outcome = outbox.add({ id: newMutationId(), bulk, operation });
    notifySoon();
    return outcome;
  }

  const itemsFrom = (fieldsOfEach) => fieldsOfEach.map((fields) => ({ key: keys.newKey(), fields }));

  return {
    name,

    /** @param {(view: View) => void} watcher called at once and after every change */
    watch(watcher) {
      watchers.add(watcher);
      notifySoon();
    },

    /**
     * @param {Record<string, unknown>} fields
     * @returns {Promise<Outcome>}
     */
    insert: (fields) => mutate({ kind: 'insert', items: itemsFrom([fields]) }, false),

    /**
     * @param {Record<string, unknown>[]} fieldsOfEach at most BULK_ITEMS_MAX, in the order of the list
     * @returns {Promise<Outcome>}
     */
    insertAll: (fieldsOfEach) => mutate({ kind: 'insert', items: itemsFrom(fieldsOfEach) }, true),

    /**
     * @param {string} key
     * @param {Record<string, unknown>} fields those that change
     * @returns {Promise<Outcome>}
     */
    update: (key, fields) => mutate({ kind: 'update', items: [{ key, fields }] }, false),

    /**
     * @param {string[]} keysToUpdate at most BULK_ITEMS_MAX
     * @param {Record<string, unknown>} fields those that change, the same for all
     * @returns {Promise<Outcome>}
     */
    updateAll: (keysToUpdate, fields) =>
      mutate({ kind: 'update', items: keysToUpdate.map((key) => ({ key, fields })) }, true),

    /**
     * @param {string} key
     * @returns {Promise<Outcome>}
     */
    remove: (key) => mutate({ kind: 'delete', keys: [key] }, false),

    /**
     * @param {string[]} keysToRemove at most BULK_ITEMS_MAX
     * @returns {Promise<Outcome>}
     */
    removeAll: (keysToRemove) => mutate({ kind: 'delete', keys: keysToRemove }, true),
  };
}

function problemOf(answer) {
  const words = answer.kind === 'answered' ? 'The server did not answer with a list.' : refusalText(answer, NO_NAMES);
  return `${words} This page tries again by itself.`;
}

/** A list that cannot be read names no fields. */
const NO_NAMES = { row: 'row', fields: {} };
