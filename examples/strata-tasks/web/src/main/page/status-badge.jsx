import { usePendingCount, useSyncClient } from '@stratasync/react';

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline' };

function wordFor({ state, connectionState }) {
  if (state === 'syncing' && connectionState === 'connected') return 'live';
  return connectionState === 'connecting' || connectionState === 'connected' ? 'connecting' : 'offline';
}

/** The state of the connection, and how many changes wait for the server. */
export function StatusBadge() {
  const word = wordFor(useSyncClient());
  const { count } = usePendingCount();
  return (
    <p className="badge" id="status" data-state={word}>
      <span className="badge-waiting">{count === 0 ? '' : `${count} waiting`}</span>
      <span className="badge-bars" aria-hidden="true"><i /><i /><i /><i /></span>
      <span className="badge-state" role="status">{WORDS[word]}</span>
    </p>
  );
}
