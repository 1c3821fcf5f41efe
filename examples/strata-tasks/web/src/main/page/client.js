import { createSyncClient } from '@stratasync/client';
import { createMobXReactivity } from '@stratasync/mobx';
import { createIndexedDbStorage } from '@stratasync/storage-idb';
import { createGraphQLTransport } from '@stratasync/transport-graphql';
import { schema } from './models.js';

/** An outage of the server is no reason to give up: after about 20 s the client tries every 5 s. */
const RETRY = { maxRetries: 12, baseDelay: 250, maxDelay: 2000, jitter: 0.2 };

/**
 * The published client, unmodified.
 *
 * @param {string} token of the user; each user's rows are in a database of their own
 * @param {string} user
 */
export function openClient(user, token) {
  const sync = new URL('sync', document.baseURI);
  const socket = new URL('sync/ws', document.baseURI);
  socket.protocol = socket.protocol.replace('http', 'ws');

  const storage = createIndexedDbStorage();
  const client = createSyncClient({
    storage,
    transport: createGraphQLTransport({
      endpoint: sync.href,
      syncEndpoint: sync.href,
      wsEndpoint: socket.href,
      auth: { getAccessToken: async () => token },
      retry: RETRY,
    }),
    reactivity: createMobXReactivity(),
    schema,
    userId: user,
    dbName: `strata-tasks-${user}`,
  });
  // Transactions that the client gave up sending wait for its next connection; the browser may notice one sooner.
  addEventListener('online', () => client.syncNow().catch(() => {}));
  return { client, storage };
}
