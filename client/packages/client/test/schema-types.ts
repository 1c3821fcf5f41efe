import type { AnySchema, Client, Collection, TypedChange } from '../src/index.js';

interface Todo {
  id: string;
  title: string;
  completed: boolean;
  createdAt: string;
}

interface Schema {
  todos: { row: Todo; insert: { title: string; completed?: boolean }; update: { title?: string; completed?: boolean } };
}

/** Never called: the compiler checks it. */
export function typed(client: Client<Schema>, untyped: Client<AnySchema>): void {
  const todos: Collection<Schema['todos']> = client.collection('todos');
  todos.insert({ title: 'milk' });
  todos.rows.map((row) => row.title.toUpperCase());
  const change: TypedChange<Schema> = { kind: 'update', collection: 'todos', id: '1', fields: { completed: true } };
  client.mutate([change]);
  untyped.collection('anything').insert({ any: 1 });
  // @ts-expect-error the schema has no such collection
  client.collection('todo');
  // @ts-expect-error the title is missing
  todos.insert({ completed: true });
  // @ts-expect-error clients do not write createdAt
  todos.update('1', { createdAt: 'now' });
  // @ts-expect-error rows have no such field
  todos.rows.map((row) => row.name);
}
