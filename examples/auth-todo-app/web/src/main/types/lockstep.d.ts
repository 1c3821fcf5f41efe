// Types of the application 'auth-todo-app', written by Lockstep's build from its entities. Edits are lost.

/** A row of `todos`. A row is in one room, named by `owner_id`. */
export interface OwnTodo {
  readonly id: string;
  readonly owner_id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The fields of a new row of `todos`. It keeps the client's id. */
export interface OwnTodoInsert {
  title: string;
  completed?: boolean;
}

/** The fields that an update of `todos` may change. */
export interface OwnTodoUpdate {
  title?: string;
  completed?: boolean;
}

/** The collections of `auth-todo-app`, for `createClient<Schema>()`. */
export interface Schema {
  'todos': {
    row: OwnTodo;
    insert: OwnTodoInsert;
    update: OwnTodoUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: never;
  };
}
