// Types of the application 'bulk-todo', written by Lockstep's build from its entities. Edits are lost.

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

/** The collections of `bulk-todo`, for `createClient<Schema>()`. */
export interface Schema {
  'todos': {
    row: Todo;
    insert: TodoInsert;
    update: TodoUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: never;
  };
}
