// The server's own state, read without clients.

/** Address of strata-tasks, without a trailing slash. */
export const APPLICATION = (
  process.env.STRATA_URL ?? `${(process.env.BASE_URL ?? 'http://localhost:8080').replace(/\/$/, '')}/strata-tasks`
).replace(/\/$/, '');

const as = (user) => ({ authorization: `Bearer ${user}-token` });

async function ask(path, how) {
  const response = await fetch(`${APPLICATION}${path}`, how);
  if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
  return response;
}

/** All actions of the log that the user may see, from its beginning. */
export async function readLog(user) {
  const actions = [];
  for (let after = '0'; ;) {
    const page = await (await ask(`/sync/deltas?after=${after}&limit=5000`, { headers: as(user) })).json();
    actions.push(...page.actions);
    if (!page.hasMore) return actions;
    after = page.lastSyncId;
  }
}

/** Whether the log has an action after a position that the user may see. */
export async function isMore(user, after) {
  const page = await (await ask(`/sync/deltas?after=${after}&limit=1`, { headers: as(user) })).json();
  return page.actions.length > 0;
}

/**
 * All rows that the user may see, by model, then by id.
 *
 * @returns {Promise<Record<string, Map<string, object>>>}
 */
export async function readRows(user, models) {
  const text = await (await ask(`/sync/bootstrap?onlyModels=${models.join(',')}`, { headers: as(user) })).text();
  const [, ...lines] = text.trimEnd().split('\n').map((line) => JSON.parse(line));
  const rows = Object.fromEntries(models.map((model) => [model, new Map()]));
  for (const { __class: model, type, ...row } of lines) {
    if (type === 'error') throw new Error(`bootstrap: ${row.message}`);
    if (model) rows[model].set(row.id, row);
  }
  return rows;
}

/** The groups of a bootstrap, and its position. */
export async function readGroups(user) {
  const text = await (await ask('/sync/bootstrap?onlyModels=Label', { headers: as(user) })).text();
  const { lastSyncId, subscribedSyncGroups } = JSON.parse(text.slice(0, text.indexOf('\n')));
  return { position: BigInt(lastSyncId), groups: subscribedSyncGroups };
}

/** Sends one transaction as a client would. */
export async function mutate(user, clientId, transactions) {
  const response = await ask('/sync/mutate', {
    method: 'POST',
    headers: { ...as(user), 'content-type': 'application/json' },
    body: JSON.stringify({ batchId: 'batch', transactions: transactions.map((each) => ({ clientId, ...each })) }),
  });
  return response.json();
}

export const join = (user, group) => ask(`/members/${user}/${group}`, { method: 'POST', headers: as('alice') });

export const leave = (user, group) => ask(`/members/${user}/${group}`, { method: 'DELETE', headers: as('alice') });

/** Sends a request of the native dialect. */
export async function askNatively(user, method, path, body) {
  const headers = { ...as(user), 'content-type': 'application/json' };
  return (await ask(`/api/${path}`, { method, headers, body: body && JSON.stringify(body) })).json();
}

/** Reads a path of the native dialect, whatever the status. */
export async function tryNatively(user, path) {
  const response = await fetch(`${APPLICATION}/api/${path}`, { headers: as(user) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
