// A front end of todo-app that compiles against the types of its entities.
import { createClient } from '@lockstep/client';
import type { Schema } from './lockstep.js';

const client = createClient<Schema>({ url: '/todo-app/' });
const todos = client.collection('todos');
export const titles: string[] = todos.rows.map((row) => row.title);
todos.insert({ title: 'Milk' });
todos.update('a', { completed: true });
client.mutate([{ kind: 'insert', collection: 'notes', fields: { title: 'Recipes', content: null } }]);
