import { submitted } from './submitted.js';

const USERS = ['alice', 'bob'];

/** Which workspace is shown, and who else is let into it. */
export function Workspaces({ user, token, workspaces, chosen, onChoose }) {
  const members = async (method, who, workspace) => {
    const address = `members/${encodeURIComponent(who)}/${encodeURIComponent(workspace)}`;
    const answer = await fetch(address, { method, headers: { authorization: `Bearer ${token}` } });
    // What it says is not waited for: the client hears of its groups by itself.
    await answer.text();
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
        <input className="field" id="workspace-name" name="text" maxLength={100} pattern="[A-Za-z0-9_\-]+" placeholder="New workspace" />
        <button className="button">Open</button>
      </form>
      {USERS.filter((each) => each !== user).map((other) => (
        <p key={other}>
          <button type="button" className="button" onClick={() => members('POST', other, chosen)}>{`Let ${other} in`}</button>
          <button type="button" className="button" onClick={() => members('DELETE', other, chosen)}>{`Take ${other} out`}</button>
        </p>
      ))}
    </div>
  );
}
