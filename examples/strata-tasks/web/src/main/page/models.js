/** The models that the page shows, in the client's form of declaration. */
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
