import { useEffect, useState } from 'react';

/**
 * The user's groups, without the user's own, as the client has stored them. The client reports no change of groups, but
 * stores one with the action that brings it.
 */
export function useWorkspaces({ client, storage }, user) {
  const [workspaces, setWorkspaces] = useState([]);
  useEffect(() => {
    const look = async () => {
      const { subscribedSyncGroups = [] } = await storage.getMeta();
      setWorkspaces((before) => {
        const now = subscribedSyncGroups.filter((group) => group !== user);
        return now.join('\n') === before.join('\n') ? before : now;
      });
    };
    return client.onEvent(({ type }) => {
      // While it starts, there may be no database yet.
      if (type === 'syncComplete' || type === 'stateChange') look().catch(() => {});
    });
  }, [client, storage, user]);
  return workspaces;
}
