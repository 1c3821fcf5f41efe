import { useSyncClientInstance } from '@stratasync/react';
import { submitted } from './submitted.js';

const NEXT = 1;

/** Adds a task to the workspace. */
export function NewTask({ workspace }) {
  const client = useSyncClientInstance();
  const add = (title) =>
    client.create('Task', {
      id: crypto.randomUUID(), title, notes: null, priority: NEXT, completedAt: null, dueOn: null, workspaceId: workspace,
      createdAt: Date.now(), archivedAt: null,
    });
  return (
    <form className="add" onSubmit={submitted(add)} autoComplete="off">
      <label className="visually-hidden" htmlFor="task-title">New task</label>
      <input className="field" id="task-title" name="text" required maxLength={500} placeholder="What is the next step?" />
      <button className="button button-step">Add</button>
    </form>
  );
}
