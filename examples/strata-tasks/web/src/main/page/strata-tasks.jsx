import { SyncProvider, useSyncError } from '@stratasync/react';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.jsx';
import { openClient } from './client.js';
import { History } from './history.jsx';
import { Masthead } from './masthead.jsx';
import { notices } from './notices.js';
import { useWorkspaces } from './use-workspaces.js';
import { Workspaces } from './workspaces.jsx';

const USERS = ['alice', 'bob'];
const asked = new URLSearchParams(location.search).get('user');
const user = USERS.includes(asked) ? asked : USERS[0];
const token = `${user}-token`;
const opened = openClient(user, token);

/** Shows faults of the client. An unreachable server is no fault; the page's head shows it. */
function useSyncFaults() {
  const error = useSyncError();
  useEffect(() => {
    if (!error) return undefined;
    console.warn('The client could not sync.', error);
    return navigator.onLine && opened.client.connectionState === 'connected'
      ? notices.show('Not up to date.', 'The page cannot receive changes from the server. Reload it if this message stays.')
      : undefined;
  }, [error]);
}

function Page() {
  useSyncFaults();
  const workspaces = useWorkspaces(opened, user);
  const [wanted, setWanted] = useState('ws-1');
  const chosen = workspaces.includes(wanted) ? wanted : workspaces[0];
  return (
    <div className="page">
      <Masthead />
      <main>
        <div className="intro">
          <div>
            <h1>A shared board</h1>
            <p>The published React client of Strata Sync, unchanged. You are <b id="user">{user}</b>. Changes that you make
              offline are kept, and sent once when you are back.</p>
          </div>
          <div className="who">
            <History />
            {USERS.filter((each) => each !== user).map((other) => (
              <a key={other} className="button" href={`?user=${other}`} target="_blank" rel="noopener">{`Open a window as ${other}`}</a>
            ))}
          </div>
        </div>
        {chosen && <Workspaces user={user} token={token} workspaces={workspaces} chosen={chosen} onChoose={setWanted} />}
        {chosen && <Board workspace={chosen} />}
      </main>
    </div>
  );
}

createRoot(document.getElementById('root')).render(
  <SyncProvider client={opened.client}>
    <Page />
  </SyncProvider>,
);
