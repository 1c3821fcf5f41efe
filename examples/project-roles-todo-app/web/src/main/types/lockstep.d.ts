// Types of the application 'project-roles-todo-app', written by Lockstep's build from its entities. Edits are lost.

/** A row of `todos`. A row is in one room, named by `project_id`. Lists of a scope have the rows with that `scope`. */
export interface ProjectTodo {
  readonly id: string;
  readonly project_id: string;
  readonly scope: string;
  readonly ownerId: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
}

/** The fields of a new row of `todos`. It keeps the client's id. */
export interface ProjectTodoInsert {
  scope: string;
  title: string;
  completed?: boolean;
}

/** The fields that an update of `todos` may change. */
export interface ProjectTodoUpdate {
  scope?: string;
  title?: string;
  completed?: boolean;
}

/** The collections of `project-roles-todo-app`, for `createClient<Schema>()`. */
export interface Schema {
  'todos': {
    row: ProjectTodo;
    insert: ProjectTodoInsert;
    update: ProjectTodoUpdate;
    operations: 'insert' | 'update' | 'delete';
    scope: 'scope';
  };
}
