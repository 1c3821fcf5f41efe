import { problemOf } from './titles.js';

/**
 * A text that is edited in place: Enter or leaving saves, Escape does not. The typed text is in the draft, which is kept
 * when this element is removed: a task that another user moves to another column is edited further there.
 *
 * @param {{text: string, label: string, draft: {base: string, value: string} | undefined,
 *   onDraft: (value: string | null) => void, onSave: (value: string) => void}} props
 *   `onDraft` gets null when editing ends without anything to save
 */
export function Editable({ text, label, draft, onDraft, onSave }) {
  if (draft === undefined) {
    return <button type="button" className="row-text editable" title={text} onClick={() => onDraft(text)}><bdi>{text}</bdi></button>;
  }
  const { base, value } = draft;
  const problem = value === base ? '' : problemOf(value);
  const end = () => {
    if (value === base) onDraft(null);
    else if (problem === '') onSave(value);
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onDraft(null);
    if (event.key !== 'Enter') return;
    event.preventDefault(); // the key is not for the field that may get the focus next
    end();
  };
  return (
    <span className="editing">
      <input
        className="field" aria-label={label} dir="auto" autoFocus value={value} aria-invalid={problem !== ''}
        onChange={({ target }) => onDraft(target.value)} onFocus={({ target }) => value === base && target.select()}
        onBlur={end} onKeyDown={onKeyDown}
      />
      {problem !== '' && <span className="field-problem" role="status">{problem}</span>}
    </span>
  );
}
