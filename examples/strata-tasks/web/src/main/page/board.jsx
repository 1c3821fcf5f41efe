import { useQuery, useSyncClientInstance } from '@stratasync/react';
import { useCallback } from 'react';
import { NewTask } from './new-task.jsx';
import { TaskCard } from './task-card.jsx';
import { useDrafts } from './use-drafts.js';

const NEXT = 1;

const COLUMNS = [
  { name: 'Now', priority: 2, nothing: 'Nothing is being worked on. Move a task here from Next.' },
  { name: 'Next', priority: NEXT, nothing: 'New tasks appear here. Add one above.' },
  { name: 'Later', priority: 0, nothing: 'Tasks that can wait. Move one here from Next.' },
];

const oldestFirst = (one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);

/** All tasks of a workspace: a column for each priority, and below them the archived tasks. */
export function Board({ workspace }) {
  const client = useSyncClientInstance();
  const ofWorkspace = useCallback((task) => task.workspaceId === workspace, [workspace]);
  const { data } = useQuery('Task', { where: ofWorkspace, orderBy: oldestFirst, includeArchived: true });
  const open = data.filter(({ archivedAt }) => !archivedAt);
  const archived = data.filter(({ archivedAt }) => archivedAt);
  const add = useCallback(
    (title) =>
      void client.create('Task', {
        id: crypto.randomUUID(), title, notes: null, priority: NEXT, completedAt: null, dueOn: null, workspaceId: workspace,
        createdAt: Date.now(), archivedAt: null,
      }),
    [client, workspace],
  );
  const drafts = useDrafts(open, add, (id, title) => void client.update('Task', id, { title }));

  return (
    <>
      <NewTask workspace={workspace} onAdd={add} />
      <div className="board">
        {COLUMNS.map(({ name, priority, nothing }, at) => {
          const tasks = open.filter((task) => task.priority === priority);
          return (
            <section key={name} className="panel" aria-labelledby={`heading-${name}`}>
              <div className="panel-head"><h2 id={`heading-${name}`}>{name}</h2></div>
              <ol className="rows" aria-label={name}>
                {tasks.map((task) => (
                  <TaskCard key={task.id} task={task} drafts={drafts} sooner={COLUMNS[at - 1]} later={COLUMNS[at + 1]} />
                ))}
              </ol>
              {tasks.length === 0 && <p className="rows-empty">{nothing}</p>}
            </section>
          );
        })}
      </div>
      {archived.length > 0 && (
        <section className="panel archived" aria-labelledby="heading-archived">
          <div className="panel-head"><h2 id="heading-archived">Archived</h2></div>
          <ol className="rows" aria-label="Archived">
            {archived.map((task) => (
              <li key={task.id} className="row">
                <span className="row-text" title={task.title}><bdi>{task.title}</bdi></span>
                <button type="button" className="button" aria-label={`Bring back: ${task.title}`} onClick={() => client.unarchive('Task', task.id)}>Bring back</button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
