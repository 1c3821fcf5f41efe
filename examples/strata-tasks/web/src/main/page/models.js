/** The models that the page shows, as the client wants them declared. */
export const schema = {
  models: {
    Task: {
      loadStrategy: 'instant',
      groupKey: 'workspaceId',
      fields: {
        id: {}, title: {}, notes: {}, priority: {}, completedAt: {}, dueOn: {}, workspaceId: {}, createdAt: {}, archivedAt: {},
      },
    },
  },
};
