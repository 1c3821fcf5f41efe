// The models of strata-tasks, as an application of the client declares them.

import { createHash } from 'node:crypto';

const COMPOSITE_IDS = Buffer.from('92a73695d7724b439fb4d79f5fbef300', 'hex');

const fields = (...names) => Object.fromEntries(names.map((name) => [name, {}]));

const ofWorkspace = (model) => ({ loadStrategy: 'instant', groupKey: 'workspaceId', ...model });

/** The models that a client loads at its start. */
export const INSTANT_MODELS = ['Task', 'Label', 'TaskLabel'];

/** @param {'partial' | 'lazy'} comments load strategy of comments */
export const schemaWith = (comments) => ({
  models: {
    Task: ofWorkspace({
      fields: fields(
        'id', 'title', 'notes', 'priority', 'completedAt', 'dueOn', 'workspaceId', 'createdAt', 'archivedAt',
      ),
    }),
    Label: ofWorkspace({ fields: fields('id', 'name', 'workspaceId') }),
    TaskLabel: ofWorkspace({ fields: fields('id', 'taskId', 'labelId', 'workspaceId') }),
    Comment: ofWorkspace({
      loadStrategy: comments,
      fields: { ...fields('id', 'body', 'workspaceId', 'createdAt'), taskId: { indexed: true } },
    }),
  },
});

/** The id that servers give to a row of two keys: a UUID of version 5. The client does not compute it. */
export function compositeId(model, keys) {
  const id = createHash('sha1').update(COMPOSITE_IDS).update(`${model}:${JSON.stringify(keys)}`).digest().subarray(0, 16);
  id[6] = (id[6] & 0x0f) | 0x50;
  id[8] = (id[8] & 0x3f) | 0x80;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
