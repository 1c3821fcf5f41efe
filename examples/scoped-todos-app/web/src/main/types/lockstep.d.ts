// Types of the application 'scoped-todos-app', written by Lockstep's build from its entities. Edits are lost.

/** A row of `scopedTodos`. All rooms share the rows. Lists of a scope have the rows with that `scope`. */
export interface ScopedTodo {
  readonly id: string;
  readonly scope: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The fields of a new row of `scopedTodos`. It keeps the client's id. */
export interface ScopedTodoInsert {
  scope: string;
  title: string;
  completed?: boolean;
}

/** The fields that an update of `scopedTodos` may change. */
export interface ScopedTodoUpdate {
  scope?: string;
  title?: string;
  completed?: boolean;
}

/** A row of `lists`. All rooms share the rows. */
export interface TodoList {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly createdAt: string;
}

/** The fields of a new row of `lists`. It keeps the client's id. */
export interface TodoListInsert {
  name: string;
  color: string;
}

/** The fields that an update of `lists` may change. */
export interface TodoListUpdate {
  name?: string;
  color?: string;
}

/** The collections of `scoped-todos-app`, for `createClient<Schema>()`. */
export interface Schema {
  'scopedTodos': {
    row: ScopedTodo;
    insert: ScopedTodoInsert;
    update: ScopedTodoUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: 'scope';
  };
  'lists': {
    row: TodoList;
    insert: TodoListInsert;
    update: TodoListUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: never;
  };
}
