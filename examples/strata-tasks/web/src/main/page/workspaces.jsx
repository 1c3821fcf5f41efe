import { notices } from './notices.js';
import { submitted } from './submitted.js';

const USERS = ['alice', 'bob'];

/** Chooses the workspace to show, and adds or removes the other user. */
export function Workspaces({ user, token, workspaces, chosen, onChoose }) {
  const members = async (method, who, workspace) => {
    const address = `members/${encodeURIComponent(who)}/${encodeURIComponent(workspace)}`;
    try {
      // The client receives its groups by itself: only the status of the answer counts.
      const answer = await fetch(address, { method, headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) notices.show('Not done.', 'The server did not change the members of the workspace. Try again.');
    } catch {
      notices.show('Not done.', 'You are offline. Open and share workspaces when you are online again.');
    }
  };
  return (
    <div className="workspaces">
      <fieldset>
        <legend>Workspace</legend>
        {workspaces.map((each) => (
          <label key={each}>
            <input type="radio" name="workspace" checked={each === chosen} onChange={() => onChoose(each)} />
            <span>{each}</span>
          </label>
        ))}
      </fieldset>
      <form onSubmit={submitted((name) => members('POST', user, name))} autoComplete="off">
        <label className="visually-hidden" htmlFor="workspace-name">New workspace</label>
        <input className="field" id="workspace-name" name="text" pattern="[A-Za-z0-9_\-]{1,100}" title="Up to 100 letters, digits, - and _" placeholder="New workspace" />
        <button className="button">Open</button>
      </form>
      {USERS.filter((each) => each !== user).map((other) => (
        <p key={other}>
          <button type="button" className="button" onClick={() => members('POST', other, chosen)}>{`Add ${other}`}</button>
          <button type="button" className="button" onClick={() => members('DELETE', other, chosen)}>{`Remove ${other}`}</button>
        </p>
      ))}
    </div>
  );
}
