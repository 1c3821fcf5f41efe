import { asked, openDatabase, rowsOf, transact } from './database.js';

/**
 * @typedef {{id: string, createdAt?: string, [field: string]: unknown}} Row
 * @typedef {{id: string, channel: string, action: 'create' | 'update' | 'delete', key: string, data?: object}} Change a
 *   mutation as the server knows it
 * @typedef {Change & {number: number, position?: number}} Mutation `number`: its place in the order of the user's
 *   mutations; `position`: where the server has committed it, if it has
 * @typedef {{cursor: number, view?: string, isComplete: boolean}} Position what the device has of a channel
 * @typedef {Awaited<ReturnType<typeof openStore>>} Store
 */

/**
 * The content that a device keeps for a user: rows as the server has confirmed them, how far they reach, and the mutations
 * that the server has not confirmed. The user's windows share it.
 *
 * @param {string} name
 */
export async function openStore(name) {
  const database = await openDatabase(name);
  const write = (work) => transact(database, 'readwrite', work);
  const read = (work) => transact(database, 'readonly', work);

  /** A confirmed mutation is kept until its rows are here. */
  async function conclude({ mutations }, channel, cursor) {
    for (const mutation of await asked(mutations.getAll())) {
      if (mutation.channel === channel && mutation.position <= cursor) mutations.delete(mutation.number);
    }
  }

  function apply({ rows }, channel, { kind, key, row }) {
    if (kind === 'delete') rows.delete([channel, key]);
    else rows.put({ channel, id: key, row });
  }

  return {
    /** @returns {Promise<{rows: Row[], mutations: Mutation[], position: Position | undefined}>} all of a channel */
    channel: (channel) =>
      read(async ({ rows, mutations, positions }) => {
        const [known, waiting, position] = await Promise.all([
          asked(rows.getAll(rowsOf(channel))),
          asked(mutations.getAll()),
          asked(positions.get(channel)),
        ]);
        return { rows: known.map(({ row }) => row), mutations: waiting.filter((each) => each.channel === channel), position };
      }),

    /** @returns {Promise<Position | undefined>} */
    position: (channel) => read(({ positions }) => asked(positions.get(channel))),

    /** @returns {Promise<Mutation[]>} those that the server has not answered, oldest first */
    waiting: () => read(async ({ mutations }) => (await asked(mutations.getAll())).filter(({ position }) => position === undefined)),

    /** @param {Change} change */
    add: (change) => write(({ mutations }) => asked(mutations.add(change))),

    /**
     * Keeps a page of a snapshot.
     *
     * @param {import('./frames.js').Snapshot} page
     * @returns {Promise<boolean>} false if it does not continue what is here
     */
    addPage: ({ channel, isFull, rows: sent, events, cursor, view, hasMore }) =>
      write(async (stores) => {
        const before = await asked(stores.positions.get(channel));
        if (!isFull && (before === undefined || before.view !== view || cursor < before.cursor)) return false;
        if (isFull) stores.rows.delete(rowsOf(channel));
        for (const row of sent) apply(stores, channel, { kind: 'full', key: row.id, row });
        for (const event of events) apply(stores, channel, event);
        stores.positions.put({ channel, cursor, view, isComplete: !hasMore });
        await conclude(stores, channel, cursor);
        return true;
      }),

    /**
     * Applies changes of a channel, in their order.
     *
     * @param {string} channel
     * @param {import('./frames.js').Changed[]} changes
     */
    addChanges: (channel, changes) =>
      write(async (stores) => {
        const before = await asked(stores.positions.get(channel));
        for (const { change, cursor } of changes) if (cursor > before.cursor) apply(stores, channel, change);
        const cursor = Math.max(before.cursor, changes.at(-1).cursor);
        stores.positions.put({ ...before, cursor });
        await conclude(stores, channel, cursor);
      }),

    /** The server has committed a mutation, at a position of the channel. */
    confirm: (id, position) =>
      write(async ({ mutations, positions }) => {
        const mutation = (await asked(mutations.getAll())).find((each) => each.id === id);
        if (!mutation) return;
        const reached = (await asked(positions.get(mutation.channel)))?.cursor ?? -1;
        if (position <= reached) mutations.delete(mutation.number);
        else mutations.put({ ...mutation, position });
      }),

    /**
     * Drops a mutation that the server has refused.
     *
     * @returns {Promise<Mutation | undefined>} it, if it was still here
     */
    drop: (id) =>
      write(async ({ mutations }) => {
        const mutation = (await asked(mutations.getAll())).find((each) => each.id === id);
        if (mutation) mutations.delete(mutation.number);
        return mutation;
      }),
  };
}
