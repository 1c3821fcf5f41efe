import { Events, makeSchema, Schema, State } from '@livestore/livestore';

const { SQLite } = State;

const notes = SQLite.table({
  name: 'notes',
  columns: {
    id: SQLite.text({ primaryKey: true }),
    text: SQLite.text(),
    done: SQLite.boolean({ default: false }),
    createdAt: SQLite.datetime(),
  },
});

export const tables = { notes };

/** The events of a store. Their names have a version: a store keeps its events for ever. */
export const events = {
  noteAdded: Events.synced({
    name: 'v1.NoteAdded',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String, createdAt: Schema.Date }),
  }),
  noteTextChanged: Events.synced({
    name: 'v1.NoteTextChanged',
    schema: Schema.Struct({ id: Schema.String, text: Schema.String }),
  }),
  noteCompleted: Events.synced({ name: 'v1.NoteCompleted', schema: Schema.Struct({ id: Schema.String }) }),
  noteReopened: Events.synced({ name: 'v1.NoteReopened', schema: Schema.Struct({ id: Schema.String }) }),
  noteDeleted: Events.synced({ name: 'v1.NoteDeleted', schema: Schema.Struct({ id: Schema.String }) }),
};

// None of them can fail: a client stops at an event that it cannot apply, and so do all other clients of the store.
const materializers = SQLite.materializers(events, {
  'v1.NoteAdded': ({ id, text, createdAt }) => notes.insert({ id, text, createdAt }).onConflict('id', 'ignore'),
  'v1.NoteTextChanged': ({ id, text }) => notes.update({ text }).where({ id }),
  'v1.NoteCompleted': ({ id }) => notes.update({ done: true }).where({ id }),
  'v1.NoteReopened': ({ id }) => notes.update({ done: false }).where({ id }),
  'v1.NoteDeleted': ({ id }) => notes.delete().where({ id }),
});

export const schema = makeSchema({ events, state: SQLite.makeState({ tables, materializers }) });
