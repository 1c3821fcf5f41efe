import { useEffect, useRef, useState } from 'react';
import { notices } from './notices.js';
import { problemOf } from './titles.js';

/** Adds a task to the workspace. A half-typed title is kept when the workspace is lost, and does not move to another one unnoticed. */
export function NewTask({ workspace, onAdd }) {
  const [title, setTitle] = useState('');
  const typed = useRef('');
  const typedFor = useRef(workspace);
  typed.current = title;

  useEffect(() => {
    if (typedFor.current !== workspace && typed.current !== '') {
      notices.show(`You are in ${workspace} now.`, `Your text for ${typedFor.current} is still in the field.`, { kind: 'offer' });
    }
    typedFor.current = workspace;
  }, [workspace]);

  useEffect(() => () => {
    if (typed.current === '') return;
    notices.show(`You are no longer in ${typedFor.current}.`, 'Your text is kept here:', { kind: 'kept-text', text: typed.current });
  }, []);

  const problem = title === '' ? '' : problemOf(title);
  const submit = (event) => {
    event.preventDefault();
    if (problemOf(title) !== '') return;
    setTitle('');
    onAdd(title);
  };
  return (
    <form className="add" onSubmit={submit} autoComplete="off">
      <label className="visually-hidden" htmlFor="task-title">New task</label>
      <input
        className="field" id="task-title" name="text" required dir="auto" placeholder="What is the next step?"
        value={title} onChange={({ target }) => setTitle(target.value)} aria-invalid={problem !== ''}
      />
      <button className="button button-step">Add</button>
      {problem !== '' && <p className="field-problem" role="status">{problem}</p>}
    </form>
  );
}
