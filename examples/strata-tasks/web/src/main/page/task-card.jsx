import { useSyncClientInstance } from '@stratasync/react';
import { Editable } from './editable.jsx';

/** One task. Moving it to the next column gives it that column's priority. */
export function TaskCard({ task, drafts, sooner, later }) {
  const client = useSyncClientInstance();
  const change = (changes) => client.update('Task', task.id, changes);
  const move = (to, arrow) => to && (
    <button type="button" className="card-move" aria-label={`${to.name}: ${task.title}`} onClick={() => change({ priority: to.priority })}>{arrow}</button>
  );
  return (
    <li className={`row card${task.completedAt ? ' is-completed' : ''}`}>
      <label className="row-check">
        <span className="visually-hidden">{`Done: ${task.title}`}</span>
        <input
          type="checkbox" checked={Boolean(task.completedAt)}
          onChange={({ target }) => change({ completedAt: target.checked ? Date.now() : null })}
        />
      </label>
      <Editable
        text={task.title} label="New title" draft={drafts.of(task.id)}
        onDraft={(value) => drafts.type(task, value)} onSave={(value) => drafts.save(task, value)}
      />
      <span className="card-actions">
        {move(sooner, '←')}
        {move(later, '→')}
        <button type="button" className="card-move" aria-label={`Archive: ${task.title}`} onClick={() => client.archive('Task', task.id)}>↧</button>
        <button type="button" className="row-remove" aria-label={`Remove: ${task.title}`} onClick={() => client.delete('Task', task.id)}>×</button>
      </span>
    </li>
  );
}
