import { newId } from './environment.js';
import { equal } from './equal.js';
import { Listeners } from './listeners.js';
import type { Outbox } from './outbox.js';
import type { Change, Collection, CollectionTypes, LoadState, Reason, Row, RowChanges, RowWrite, Write } from './types.js';

export interface ReplicaHost {
  readonly outbox: Outbox;
  mutate(changes: Change[]): Write;
  refetch(replica: Replica): Promise<void>;
}

/** Fields as they are written; generated types are interfaces without an index. */
type Fields = Record<string, unknown>;

/** The rows of one collection: confirmed by the server, and as they are shown. */
export class Replica implements Collection<CollectionTypes> {
  /** In the reverse order of the server: it shows rows of one millisecond by their commits, the newest first. */
  readonly confirmed = new Map<string, Row>();
  /** Position up to which the confirmed rows are known; undefined: the list must be read. */
  position: number | undefined;
  /** Number of the last frame, if the socket was open. */
  frame: number | undefined;
  state: LoadState = 'empty';
  problem: Reason | undefined;
  /** Ids of confirmed rows that have changed since they were kept last; `all` after a list. */
  unkept: Set<string> | 'all' = new Set();

  readonly #shownRows = new Map<string, Row>();
  #touched: Set<string> | 'all' = new Set();
  #isTouched = false;
  #sorted: readonly Row[] | undefined;
  /** Ids of the server by ids of the client, and the other way. */
  readonly #idsByKey = new Map<string, string>();
  readonly #keysById = new Map<string, string>();
  readonly #changed = new Listeners<void>();
  readonly #rowsChanged = new Listeners<RowChanges<Row>>();

  constructor(
    readonly name: string,
    private readonly host: ReplicaHost,
  ) {}

  get rows(): readonly Row[] {
    return (this.#sorted ??= this.#sort());
  }

  get(id: string): Row | undefined {
    return this.#shownRows.get(this.idOf(id));
  }

  isPending(id: string): boolean {
    return this.host.outbox.isPending(this.name, this.idOf(id));
  }

  keyOf(id: string): string {
    return this.#keysById.get(id) ?? id;
  }

  idOf(key: string): string {
    return this.#idsByKey.get(key) ?? key;
  }

  subscribe(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

  onChanges(listener: (changes: RowChanges<Row>) => void): () => void {
    if (this.state !== 'empty' || this.#shownRows.size > 0) listener({ reset: true, rows: this.rows, deleted: [] });
    return this.#rowsChanged.add(listener);
  }

  insert(fields: object, { id = newId() }: { id?: string } = {}): RowWrite {
    return this.#write({ kind: 'insert', collection: this.name, id, fields: { ...fields } });
  }

  update(id: string, fields: object): RowWrite {
    return this.#write({ kind: 'update', collection: this.name, id, fields: fields as Fields });
  }

  delete(id: string): RowWrite {
    return this.#write({ kind: 'delete', collection: this.name, id });
  }

  #write(change: Change): RowWrite {
    return this.host.mutate([change]) as RowWrite;
  }

  refetch(): Promise<void> {
    return this.host.refetch(this);
  }

  /** The fields whose values differ from the shown row. */
  difference(id: string, fields: Readonly<Fields>): Fields {
    const shown = this.#shownRows.get(id) as Fields | undefined;
    return Object.fromEntries(Object.entries(fields).filter(([name, value]) => !shown || !equal(shown[name], value)));
  }

  put(row: Row): void {
    this.confirmed.set(row.id, row);
    this.#keep(row.id);
  }

  drop(id: string): void {
    this.confirmed.delete(id);
    this.#keep(id);
  }

  /** All rows in the order of the server, of a list or of the browser's storage. */
  replace(rows: readonly Row[]): void {
    this.confirmed.clear();
    for (const row of [...rows].reverse()) this.confirmed.set(row.id, row);
    this.unkept = 'all';
    this.touchAll();
  }

  rename(key: string, id: string): void {
    this.#idsByKey.set(key, id);
    this.#keysById.set(id, key);
    this.touch(key);
    this.touch(id);
  }

  touch(id: string): void {
    this.#isTouched = true;
    if (this.#touched !== 'all') this.#touched.add(id);
  }

  touchAll(): void {
    this.#isTouched = true;
    this.#touched = 'all';
  }

  /** State or problem changed. */
  touchState(): void {
    this.#isTouched = true;
  }

  /** The end of a step: shows what it changed. */
  refresh(): void {
    if (!this.#isTouched) return;
    const changes = this.#touched === 'all' ? this.#showAll() : this.#show(this.#touched);
    this.#isTouched = false;
    this.#touched = new Set();
    this.#sorted = undefined;
    if (changes.reset || changes.rows.length + changes.deleted.length > 0) this.#rowsChanged.tell(changes);
    this.#changed.tell();
  }

  #keep(id: string): void {
    if (this.unkept !== 'all') this.unkept.add(id);
    this.touch(id);
  }

  #show(ids: Iterable<string>): RowChanges<Row> {
    const rows: Row[] = [];
    const deleted: string[] = [];
    for (const id of ids) {
      const before = this.#shownRows.get(id);
      const after = this.host.outbox.shown(this.name, id, this.confirmed.get(id));
      if (after === undefined) {
        if (this.#shownRows.delete(id)) deleted.push(id);
      } else if (!before || !equal(before, after)) {
        this.#shownRows.set(id, after);
        rows.push(after);
      }
    }
    return { reset: false, rows, deleted };
  }

  #showAll(): RowChanges<Row> {
    const wereShown = this.#shownRows.size;
    this.#shownRows.clear();
    const { outbox } = this.host;
    for (const id of new Set([...this.confirmed.keys(), ...outbox.insertedInto(this.name)])) {
      const row = outbox.shown(this.name, id, this.confirmed.get(id));
      if (row) this.#shownRows.set(id, row);
    }
    const reset = this.state !== 'empty' || wereShown + this.#shownRows.size > 0;
    return { reset, rows: [...this.#shownRows.values()], deleted: [] };
  }

  /** Unconfirmed inserts come first, the newest mutation before older ones; then rows by `createdAt`, else in the server's order. */
  #sort(): Row[] {
    const ids = new Set([...this.host.outbox.insertedInto(this.name), ...[...this.confirmed.keys()].reverse()]);
    const timed = [...ids].flatMap((id) => {
      const row = this.#shownRows.get(id) as { id: string; createdAt?: unknown } | undefined;
      const time = typeof row?.createdAt === 'string' ? row.createdAt : this.confirmed.has(id) ? '' : '~';
      return row ? [{ row, time }] : [];
    });
    timed.sort((one, other) => (one.time < other.time ? 1 : one.time > other.time ? -1 : 0));
    return timed.map(({ row }) => row);
  }
}
