import { PendingEntry, renameRow, type Acceptance, type StoredMutation } from './mutation.js';
import type { Change, Row } from './types.js';

/** The mutations that are not settled, in the order in which they take effect, and what they make of the rows. */
export class Outbox {
  #entries: PendingEntry[] = [];
  readonly #byId = new Map<string, PendingEntry>();
  readonly #byRow = new Map<string, PendingEntry[]>();
  readonly #accepted = new Set<PendingEntry>();

  get all(): readonly PendingEntry[] {
    return this.#entries;
  }

  get acceptedEntries(): ReadonlySet<PendingEntry> {
    return this.#accepted;
  }

  find(mutationId: string): PendingEntry | undefined {
    return this.#byId.get(mutationId);
  }

  /** Adds a mutation, or returns the entry that is there. */
  add(stored: StoredMutation, order?: number): PendingEntry {
    const known = this.#byId.get(stored.mutationId);
    const entry = known ?? new PendingEntry(stored);
    if (!known) {
      this.#byId.set(entry.id, entry);
      this.#entries.push(entry);
      this.#index(entry);
    }
    if (order !== undefined && entry.order === undefined) this.place(entry, order);
    return entry;
  }

  /** The mutation is kept: its place among those of all tabs is known. Returns whether it is another than before. */
  place(entry: PendingEntry, order: number): boolean {
    entry.order = order;
    const last = this.#entries.at(-1);
    const at = this.#entries.indexOf(entry);
    const before = this.#entries[at - 1];
    if ((!before || orderOf(before) <= order) && (entry === last || orderOf(this.#entries[at + 1]!) >= order)) return false;
    this.#entries.sort((one, other) => orderOf(one) - orderOf(other));
    this.#byRow.forEach((of) => of.sort((one, other) => orderOf(one) - orderOf(other)));
    return true;
  }

  accept(entry: PendingEntry, acceptance: Acceptance): void {
    entry.state = 'accepted';
    entry.failure = undefined;
    entry.acceptance = acceptance;
    this.#accepted.add(entry);
  }

  remove(entry: PendingEntry): void {
    if (!this.#byId.delete(entry.id)) return;
    this.#accepted.delete(entry);
    if (this.#entries[0] === entry) this.#entries.shift();
    else this.#entries.splice(this.#entries.indexOf(entry), 1);
    this.#unindex(entry);
  }

  /** The server gave a row another id than the client. Returns the mutations that named the row. */
  rename(from: string, to: string): PendingEntry[] {
    return this.#entries.filter((entry) => {
      this.#unindex(entry);
      const renamed = renameRow(entry, from, to);
      this.#index(entry);
      return renamed;
    });
  }

  isPending(collection: string, id: string): boolean {
    return this.of(collection, id).some(({ state }) => state !== 'accepted');
  }

  /** Mutations of the row, oldest first. */
  of(collection: string, id: string): readonly PendingEntry[] {
    return this.#byRow.get(key(collection, id)) ?? [];
  }

  /** Ids of the rows of a collection that mutations insert, those of the newest mutation first. */
  insertedInto(collection: string): string[] {
    return [...this.#entries].reverse().flatMap(({ changes }) =>
      changes.filter((each) => each.kind === 'insert' && each.collection === collection).map(({ id }) => id),
    );
  }

  /** The row with its mutations applied. */
  shown(collection: string, id: string, confirmed: Row | undefined): Row | undefined {
    return this.of(collection, id).reduce((row, entry) => applied(row, collection, id, entry), confirmed);
  }

  #index(entry: PendingEntry): void {
    for (const place of placesOf(entry.changes)) {
      const of = this.#byRow.get(place);
      if (of) of.push(entry);
      else this.#byRow.set(place, [entry]);
    }
  }

  #unindex(entry: PendingEntry): void {
    for (const place of placesOf(entry.changes)) {
      const left = this.#byRow.get(place)!.filter((other) => other !== entry);
      if (left.length > 0) this.#byRow.set(place, left);
      else this.#byRow.delete(place);
    }
  }
}

function applied(row: Row | undefined, collection: string, id: string, entry: PendingEntry): Row | undefined {
  const answered = entry.acceptance?.rows.find(([name, { id: of }]) => of === id && name === collection);
  if (answered) return answered[1];
  let result = row;
  for (const change of entry.changes) {
    if (change.id !== id || change.collection !== collection) continue;
    if (change.kind === 'delete') result = undefined;
    else if (change.kind === 'insert') result ??= { ...change.fields, id };
    else if (result) result = { ...result, ...change.fields };
  }
  return result;
}

const key = (collection: string, id: string) => `${collection}\0${id}`;
const placesOf = (changes: Change[]) => new Set(changes.map(({ collection, id }) => key(collection, id)));
const orderOf = (entry: PendingEntry) => entry.order ?? Infinity;
