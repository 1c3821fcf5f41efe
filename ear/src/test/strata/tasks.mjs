// Rows as an application makes them.

const CREATED_AT = Date.UTC(2026, 0, 1, 0, 0, 0, 123);

export const aTask = (id, { title = 'a task', workspaceId = 'ws-1', ...rest } = {}) => ({
  id, title, notes: null, priority: 1, completedAt: null, dueOn: null, workspaceId, createdAt: CREATED_AT, ...rest,
});

export const aComment = (id, taskId, body, workspaceId = 'ws-1') => ({ id, taskId, body, workspaceId, createdAt: CREATED_AT });

export const aLabel = (id, name, workspaceId = 'ws-1') => ({ id, name, workspaceId });
