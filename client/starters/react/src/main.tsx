import { createClient, type Refusal } from '@lockstep/client';
import { lockstepCollectionOptions } from '@lockstep/tanstack-db';
import { createCollection, eq, useLiveQuery } from '@tanstack/react-db';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type FormEvent, StrictMode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import type { Schema, Todo } from './lockstep.js';
import './todo.css';

const client = createClient<Schema>({ url: '/todo-app/', maxInFlight: 1 });
const saved = client.collection('todos');
const todos = createCollection(lockstepCollectionOptions({ client, collection: 'todos' }));

const FILTERS = { all: 'All', open: 'Open', done: 'Done' };
const STATES = { connecting: 'Connecting', live: 'Live', offline: 'Offline', refused: 'Refused' };
type Filter = keyof typeof FILTERS;

function App() {
  const [filter, setFilter] = useState<Filter>('all');
  const { data: rows, isReady } = useLiveQuery(
    (query) => {
      const all = query.from({ todo: todos });
      const chosen = filter === 'all' ? all : all.where(({ todo }) => eq(todo.completed, filter === 'done'));
      return chosen.orderBy(({ todo }) => todo.createdAt, 'desc');
    },
    [filter],
  );
  return (
    <main className="page">
      <header className="masthead">
        <h1>Todos</h1>
        <Connection />
      </header>
      <NewTodo />
      <fieldset className="filter">
        <legend>Which todos to show</legend>
        {Object.entries(FILTERS).map(([name, label]) => (
          <label key={name}>
            <input type="radio" name="filter" checked={filter === name} onChange={() => setFilter(name as Filter)} />
            <span>{label}</span>
          </label>
        ))}
        <output>{rows.length}</output>
      </fieldset>
      {rows.length > 0 ? <Rows rows={rows} /> : <p className="empty">{isReady ? 'Nothing here.' : 'Reading the list.'}</p>}
      <Refusals />
    </main>
  );
}

function useWaiting() {
  return useSyncExternalStore(client.onPending, () => client.pending().length);
}

function Connection() {
  const { state, reason } = useSyncExternalStore(client.onStatus, () => client.status);
  const waiting = useWaiting();
  return (
    <p className="connection" data-state={state} role="status" title={reason?.message}>
      {waiting > 0 && <span className="waiting">{waiting} waiting</span>}
      {STATES[state]}
    </p>
  );
}

function NewTodo() {
  const [title, setTitle] = useState('');
  const add = (event: FormEvent) => {
    event.preventDefault();
    const now = new Date().toISOString(); // shown until the server's time is there
    todos.insert({ id: crypto.randomUUID(), title, completed: false, createdAt: now, updatedAt: now });
    setTitle('');
  };
  return (
    <form className="add" onSubmit={add}>
      <input aria-label="New todo" placeholder="What is the next step?" required value={title}
        onChange={(event) => setTitle(event.target.value)} />
      <button>Add</button>
    </form>
  );
}

/** Only rows that can be seen are in the page. */
function Rows({ rows }: { rows: readonly Todo[] }) {
  useWaiting();
  const list = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => list.current,
    getItemKey: (index) => rows[index]!.id,
    estimateSize: () => 48,
    overscan: 8,
  });
  return (
    <div className="list" ref={list} tabIndex={0} aria-label="Todos, newest first">
      <ol style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const { id, title, completed } = rows[index]!;
          const state = [completed && 'is-completed', saved.isPending(id) && 'is-pending'].filter(Boolean).join(' ');
          return (
            <li key={key} ref={virtual.measureElement} data-index={index} className={state}
              aria-posinset={index + 1} aria-setsize={rows.length} style={{ transform: `translateY(${start}px)` }}>
              <label>
                <input type="checkbox" checked={completed}
                  onChange={() => todos.update(id, (draft) => void (draft.completed = !completed))} />
                <span>{title}</span>
              </label>
              <button aria-label={`Remove: ${title}`} onClick={() => todos.delete(id)}>×</button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

const sentence = ({ issues, message }: Refusal) =>
  issues.map((issue) => `The ${issue.path.join('.')} ${issue.message}.`).join(' ') || message;

function Refusals() {
  const [refusals, setRefusals] = useState<Refusal[]>([]);
  useEffect(() => client.onRefused((refusal) => setRefusals((known) => [...known, refusal])), []);
  return (
    <div className="refusals" role="alert">
      {refusals.map((refusal) => (
        <p key={refusal.mutationId}>
          Not saved. {sentence(refusal)}
          <button onClick={() => setRefusals((known) => known.filter((each) => each !== refusal))}>Dismiss</button>
        </p>
      ))}
    </div>
  );
}

createRoot(document.getElementById('app')!).render(<StrictMode><App /></StrictMode>);
