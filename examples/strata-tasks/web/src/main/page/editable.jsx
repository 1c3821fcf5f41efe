import { useState } from 'react';

/** A text that is edited where it stands: Enter or leaving saves, Escape does not. */
export function Editable({ text, label, onSave }) {
  const [draft, setDraft] = useState(null);
  if (draft === null) {
    return <button type="button" className="row-text editable" onClick={() => setDraft(text)}>{text}</button>;
  }
  const end = (value) => {
    setDraft(null);
    if (value !== text) onSave(value);
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') end(text);
    if (event.key === 'Enter') end(draft);
  };
  return (
    <input
      className="field" aria-label={label} maxLength={500} autoFocus value={draft}
      onChange={({ target }) => setDraft(target.value)} onFocus={({ target }) => target.select()}
      onBlur={() => end(draft)} onKeyDown={onKeyDown}
    />
  );
}
