import { Deferred } from './listeners.js';
import type { Change, Outcome, Reason, Refusal, Row } from './types.js';

/** A mutation as the browser keeps it. */
export interface StoredMutation {
  mutationId: string;
  changes: Change[];
  createdAt: number;
}

/** The server has committed a mutation. */
export interface Acceptance {
  /** Position of the commit; undefined if it changed nothing. */
  seq: number | undefined;
  /** Rows that the server gave other ids than the client: [id of the client, id of the server]. */
  ids: [string, string][];
  /** The committed rows, with the name of their collection. */
  rows: [string, Row][];
}

/** A mutation that is not settled: its rows have not come back in frames or a list. */
export class PendingEntry {
  /** Place in the outbox; undefined until it is kept there. */
  order: number | undefined;
  /** Only this tab has the mutation, and sends it. */
  isVolatile = false;
  state: 'queued' | 'sending' | 'accepted' = 'queued';
  failure: Reason | undefined;
  acceptance: Acceptance | undefined;
  readonly accepted = new Deferred<Outcome>();
  readonly synced = new Deferred<Outcome>();

  constructor(readonly stored: StoredMutation) {}

  get id(): string {
    return this.stored.mutationId;
  }

  get changes(): Change[] {
    return this.stored.changes;
  }

  conclude(outcome: Outcome): void {
    this.accepted.resolve(outcome);
    this.synced.resolve(outcome);
  }

  refusal(refused: { code: string; message: string; status: number; issues: Refusal['issues'] }): Refusal {
    const { code, message, status, issues } = refused;
    return { mutationId: this.id, code, message, status, issues, changes: this.changes };
  }
}

/** Replaces an id of the client by that of the server, in ids and in references to the row. Returns whether any was there. */
export function renameRow(entry: PendingEntry, from: string, to: string): boolean {
  let found = false;
  entry.stored.changes = entry.changes.map((change) => {
    const id = change.id === from ? to : change.id;
    if (change.kind === 'delete') {
      found ||= id !== change.id;
      return { ...change, id };
    }
    const fields = Object.fromEntries(
      Object.entries(change.fields).map(([name, value]) => [name, value === from ? to : value]),
    );
    found ||= id !== change.id || Object.keys(fields).some((name) => fields[name] !== change.fields[name]);
    return { ...change, id, fields };
  });
  return found;
}

/**
 * Whether a mutation must wait for the answer to an earlier one: it changes the same row, refers to a row that the other
 * inserts, or could need what the other's deletion frees.
 */
export function dependsOn(later: PendingEntry, earlier: PendingEntry): boolean {
  return earlier.changes.some((before) =>
    later.changes.some(
      (after) =>
        after.id === before.id ||
        (before.kind === 'delete' && after.collection === before.collection) ||
        (before.kind === 'insert' && after.kind !== 'delete' && Object.values(after.fields).includes(before.id)),
    ),
  );
}

export interface MutationRequest {
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body?: unknown;
}

/** The request for a mutation. `path` is relative to the application's address. */
export function requestFor(room: string, { mutationId: id, changes }: StoredMutation): MutationRequest {
  const api = `api/${encodeURIComponent(room)}`;
  const _clientMutationId = id;
  const first = changes[0]!;
  const alike = changes.every(({ kind, collection }) => kind === first.kind && collection === first.collection);
  if (!alike) {
    return { method: 'POST', path: `${api}/mutations`, body: { changes: changes.map(wireChange), _clientMutationId } };
  }
  const path = `${api}/${encodeURIComponent(first.collection)}`;
  if (changes.length > 1) return bulkRequest(`${path}/bulk`, changes, _clientMutationId);
  const row = `${path}/${encodeURIComponent(first.id)}`;
  switch (first.kind) {
    case 'insert':
      return { method: 'POST', path, body: { ...first.fields, _entityId: first.id, _clientMutationId } };
    case 'update':
      return { method: 'PUT', path: row, body: { ...first.fields, _clientMutationId } };
    case 'delete':
      return { method: 'DELETE', path: `${row}?_clientMutationId=${encodeURIComponent(id)}` };
  }
}

function bulkRequest(path: string, changes: Change[], _clientMutationId: string): MutationRequest {
  const ids = changes.map((change) => change.id);
  const fields = changes.map((change) => (change.kind === 'delete' ? {} : change.fields));
  switch (changes[0]!.kind) {
    case 'insert':
      return { method: 'POST', path, body: { items: fields, _entityIds: ids, _clientMutationId } };
    case 'update':
      return {
        method: 'PUT',
        path,
        body: { items: ids.map((id, at) => ({ id, data: fields[at] })), _clientMutationId },
      };
    case 'delete':
      return { method: 'DELETE', path, body: { ids, _clientMutationId } };
  }
}

function wireChange(change: Change): unknown {
  const { kind, collection, id } = change;
  return kind === 'delete' ? { action: kind, collection, id } : { action: kind, collection, id, data: change.fields };
}
