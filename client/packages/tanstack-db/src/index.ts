/** Collections of Lockstep for TanStack DB. */
import type { Change, Client, Collection as LockstepCollection, CollectionTypes, NameOf, Outcome, Refusal, SchemaOf } from '@lockstep/client';
import type { CollectionConfig, MutationFnParams, PendingMutation, SyncConfig, UtilsRecord } from '@tanstack/db';

/** Most changes of one mutation. A larger change of one collection is sent as several mutations. */
const CHANGES_MAX = 100;

export interface LockstepUtils extends UtilsRecord {
  /** Name of the collection on the server. */
  collectionName: () => string;
  /** Resolves when everything up to the position is in the collection. */
  awaitSeq: (seq: number) => Promise<void>;
  /** Count of mutations that the server has not committed or refused, of all tabs. */
  pendingCount: () => number;
  connectionState: () => Client['status']['state'];
  /** Reads the list again. Resolves when it is in the collection. */
  refetch: () => Promise<void>;
}

/** The server refused a mutation. TanStack DB rolls it back and rejects its transaction with this error. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';

  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

export interface LockstepCollectionConfig<S extends SchemaOf<S>, Name extends NameOf<S>> {
  client: Client<S>;
  /** Name of the collection on the server. */
  collection: Name;
  /** Default: the name of the collection. */
  id?: string;
}

/** Options of a TanStack DB collection that follows a collection of Lockstep, and writes to it through its outbox. */
export function lockstepCollectionOptions<S extends SchemaOf<S>, Name extends NameOf<S>>(
  config: LockstepCollectionConfig<S, Name>,
): CollectionConfig<S[Name]['row'], string, never, LockstepUtils> & { schema?: never; utils: LockstepUtils } {
  const { client, collection: name } = config;
  const rows = client.collection(name) as LockstepCollection<CollectionTypes> as LockstepCollection<S[Name]>;
  const write = ({ transaction }: { transaction: { mutations: readonly unknown[] } }) =>
    send(client, transaction.mutations.map((mutation) => changeOf(name, mutation as PendingMutation)));
  return {
    id: config.id ?? name,
    getKey: ({ id }) => id,
    sync: { rowUpdateMode: 'full', sync: (params) => follow(rows, params) },
    onInsert: write,
    onUpdate: write,
    onDelete: write,
    utils: {
      collectionName: () => name,
      awaitSeq: (seq) => client.awaitSeq(seq),
      pendingCount: () => client.pending().length,
      connectionState: () => client.status.state,
      refetch: () => rows.refetch(),
    },
  };
}

/**
 * The mutation function of transactions over several collections of one client: all their changes commit together or not
 * at all. A transaction has at most 100 changes.
 *
 * @example createTransaction({ mutationFn: lockstepMutationFn(client) })
 */
export function lockstepMutationFn<S extends SchemaOf<S>>(client: Client<S>) {
  return async ({ transaction }: MutationFnParams<any>): Promise<void> => {
    const changes = transaction.mutations.map((mutation) => {
      const utils = mutation.collection.utils as Partial<LockstepUtils>;
      if (!utils.collectionName) throw new Error(`The collection '${mutation.collection.id}' is not one of Lockstep.`);
      return changeOf(utils.collectionName(), mutation);
    });
    if (changes.length > CHANGES_MAX) {
      throw new RangeError(`A transaction has at most ${CHANGES_MAX} changes, this one has ${changes.length}.`);
    }
    await send(client, changes);
  };
}

function follow<R extends { id: string }>(
  rows: LockstepCollection<CollectionTypes & { row: R }>,
  { collection, begin, write, commit, truncate, markReady, markError }: Parameters<SyncConfig<R, string>['sync']>[0],
): () => void {
  const keys = new Set<string>();
  const stopRows = rows.onChanges(({ reset, rows: changed, deleted }) => {
    begin();
    if (reset) {
      truncate();
      keys.clear();
    }
    for (const id of deleted) if (keys.delete(id)) write({ type: 'delete', key: id });
    for (const row of changed) {
      write({ type: keys.has(row.id) ? 'update' : 'insert', value: row });
      keys.add(row.id);
    }
    commit();
    if (rows.state !== 'empty' && collection.status === 'loading') markReady();
  });
  const onState = () => {
    if (collection.status !== 'loading') return;
    if (rows.state === 'refused') markError(new Error(rows.problem?.message ?? 'The server refuses the list.'));
  };
  const stopState = rows.subscribe(onState);
  onState();
  return () => {
    stopRows();
    stopState();
  };
}

function changeOf(collection: string, mutation: Pick<PendingMutation, 'type' | 'key' | 'modified' | 'changes'>): Change {
  const id = String(mutation.key);
  const { id: _, ...fields } = (mutation.type === 'insert' ? mutation.modified : mutation.changes) as Record<string, unknown>;
  return mutation.type === 'delete' ? { kind: 'delete', collection, id } : { kind: mutation.type, collection, id, fields };
}

/** Resolves when the changes have come back, so that rows do not flicker between the edit and its confirmation. */
async function send<S extends SchemaOf<S>>(client: Client<S>, changes: readonly Change[]): Promise<void> {
  const writes = [];
  for (let at = 0; at < changes.length; at += CHANGES_MAX) {
    writes.push(client.mutate(changes.slice(at, at + CHANGES_MAX) as never).synced);
  }
  const refused = (await Promise.all(writes)).find(isRefused);
  if (refused) throw new RefusedError(refused.refusal);
}

function isRefused(outcome: Outcome): outcome is Extract<Outcome, { kind: 'refused' }> {
  return outcome.kind === 'refused';
}
