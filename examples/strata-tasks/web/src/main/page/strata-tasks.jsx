import { SyncProvider, useSyncError } from '@stratasync/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.jsx';
import { openClient } from './client.js';
import { History } from './history.jsx';
import { StatusBadge } from './status-badge.jsx';
import { useWorkspaces } from './use-workspaces.js';
import { Workspaces } from './workspaces.jsx';

const USERS = ['alice', 'bob'];
const asked = new URLSearchParams(location.search).get('user');
const user = USERS.includes(asked) ? asked : USERS[0];
const token = `${user}-token`;
const opened = openClient(user, token);

function Trouble() {
  const error = useSyncError();
  return error && <div className="notices" role="alert"><div className="notice"><p><strong>Not in step:</strong> {error.message}</p></div></div>;
}

function Page() {
  const workspaces = useWorkspaces(opened, user);
  const [wanted, setWanted] = useState('ws-1');
  const chosen = workspaces.includes(wanted) ? wanted : workspaces[0];
  return (
    <div className="page">
      <header className="masthead">
        <span className="mark" aria-hidden="true" />
        <a href="../">Lockstep</a>
        <StatusBadge />
      </header>
      <main>
        <div className="intro">
          <div>
            <h1>A board for several</h1>
            <p>The published React client of Strata Sync, unchanged. You are <b id="user">{user}</b>: what you do offline is
              kept, and sent once when you are back.</p>
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
      <Trouble />
    </div>
  );
}

createRoot(document.getElementById('root')).render(
  <SyncProvider client={opened.client}>
    <Page />
  </SyncProvider>,
);
