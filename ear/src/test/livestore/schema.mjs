// The application of these tests: items that are added and renamed.

import { Events, makeSchema, Schema, State } from '@livestore/livestore';

const items = State.SQLite.table({
  name: 'items',
  columns: { id: State.SQLite.text({ primaryKey: true }), text: State.SQLite.text({ default: '' }) },
});

const anItem = Schema.Struct({ id: Schema.String, text: Schema.String });

/** By the name of the event. */
export const events = {
  'v1.ItemAdded': Events.synced({ name: 'v1.ItemAdded', schema: anItem }),
  'v1.ItemRenamed': Events.synced({ name: 'v1.ItemRenamed', schema: anItem }),
};

const materializers = State.SQLite.materializers(events, {
  'v1.ItemAdded': ({ id, text }) => items.insert({ id, text }),
  'v1.ItemRenamed': ({ id, text }) => items.update({ text }).where({ id }),
});

export const schema = makeSchema({ events, state: State.SQLite.makeState({ tables: { items }, materializers }) });

export const allItems = items.orderBy('id', 'asc');
