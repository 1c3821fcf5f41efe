// Types of the application 'todo-app', written by Lockstep's build from its entities. Edits are lost.

/** A row of `notes`. All rooms share the rows. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly content: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The fields of a new row of `notes`. It keeps the client's id. */
export interface NoteInsert {
  title: string;
  content?: string | null;
}

/** The fields that an update of `notes` may change. */
export interface NoteUpdate {
  title?: string;
  content?: string | null;
}

/** A row of `todos`. All rooms share the rows. */
export interface Todo {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The fields of a new row of `todos`. It keeps the client's id. */
export interface TodoInsert {
  title: string;
  completed?: boolean;
}

/** The fields that an update of `todos` may change. */
export interface TodoUpdate {
  title?: string;
  completed?: boolean;
}

/** The collections of `todo-app`, for `createClient<Schema>()`. */
export interface Schema {
  'notes': {
    row: Note;
    insert: NoteInsert;
    update: NoteUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: never;
  };
  'todos': {
    row: Todo;
    insert: TodoInsert;
    update: TodoUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: never;
  };
}
