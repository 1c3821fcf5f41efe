import { useSyncClientInstance } from '@stratasync/react';
import { useEffect, useState } from 'react';

/** Undoes and redoes this window's changes, one step at a time. */
export function History() {
  const client = useSyncClientInstance();
  const [can, setCan] = useState({ undo: false, redo: false });
  useEffect(() => {
    const look = () => setCan({ undo: client.canUndo(), redo: client.canRedo() });
    // A step is recorded after its event.
    return client.onEvent(() => setTimeout(look));
  }, [client]);
  return (
    <div className="history">
      <button type="button" className="button" disabled={!can.undo} onClick={() => client.undo()}>Undo</button>
      <button type="button" className="button" disabled={!can.redo} onClick={() => client.redo()}>Redo</button>
    </div>
  );
}
