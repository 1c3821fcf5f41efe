import { useQuery, useSyncClientInstance } from '@stratasync/react';
import { useCallback } from 'react';
import { NewTask } from './new-task.jsx';
import { TaskCard } from './task-card.jsx';

const COLUMNS = [
  { name: 'Now', priority: 2 },
  { name: 'Next', priority: 1 },
  { name: 'Later', priority: 0 },
];

const oldestFirst = (one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);

/** All tasks of a workspace: a column for each priority, and below them what was archived. */
export function Board({ workspace }) {
  const client = useSyncClientInstance();
  const ofWorkspace = useCallback((task) => task.workspaceId === workspace, [workspace]);
  const { data } = useQuery('Task', { where: ofWorkspace, orderBy: oldestFirst, includeArchived: true });
  const open = data.filter(({ archivedAt }) => !archivedAt);
  const archived = data.filter(({ archivedAt }) => archivedAt);

  return (
    <>
      <NewTask workspace={workspace} />
      <div className="board">
        {COLUMNS.map(({ name, priority }, at) => (
          <section key={name} className="panel" aria-labelledby={`heading-${name}`}>
            <div className="panel-head"><h2 id={`heading-${name}`}>{name}</h2></div>
            <ol className="rows" aria-label={name}>
              {open.filter((task) => task.priority === priority).map((task) => (
                <TaskCard key={task.id} task={task} sooner={COLUMNS[at - 1]} later={COLUMNS[at + 1]} />
              ))}
            </ol>
          </section>
        ))}
      </div>
      {archived.length > 0 && (
        <section className="panel archived" aria-labelledby="heading-archived">
          <div className="panel-head"><h2 id="heading-archived">Archived</h2></div>
          <ol className="rows" aria-label="Archived">
            {archived.map((task) => (
              <li key={task.id} className="row">
                <span className="row-text">{task.title}</span>
                <button type="button" className="button" aria-label={`Bring back: ${task.title}`} onClick={() => client.unarchive('Task', task.id)}>Bring back</button>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
