import { usePendingCount, useSyncClient } from '@stratasync/react';
import { useReachable } from './use-reachable.js';

const WORDS = { connecting: 'Connecting', live: 'Live', offline: 'Offline' };

function wordFor({ state, connectionState }, reachable) {
  if (!reachable) return 'offline';
  if (state === 'syncing' && connectionState === 'connected') return 'live';
  return connectionState === 'connecting' || connectionState === 'connected' ? 'connecting' : 'offline';
}

/** The page's head: the state of the connection, and the number of pending changes. */
export function Masthead() {
  const word = wordFor(useSyncClient(), useReachable());
  const { count } = usePendingCount();
  return (
    <>
      <header className="masthead">
        <span className="mark" aria-hidden="true" />
        <a href="../">Lockstep</a>
        <p className="badge" id="status" data-state={word}>
          <span className="badge-waiting">{count === 0 ? '' : `${count} waiting`}</span>
          <span className="badge-bars" aria-hidden="true"><i /><i /><i /><i /></span>
          <span className="badge-state" role="status">{WORDS[word]}</span>
        </p>
      </header>
      <p className="offline-sentence" role="status">
        {word === 'offline' ? 'You are offline. Your changes are kept on this device and sent later.' : ''}
      </p>
    </>
  );
}
