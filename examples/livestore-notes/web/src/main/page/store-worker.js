// The client's worker: it holds the databases of a store, and syncs them with the server that this script comes from.

import { makeWorker } from '@livestore/adapter-web/worker';
import { makeWsSync } from '@livestore/sync-cf/client';
import { schema } from './schema.js';

const sync = new URL('sync', location.href);
sync.protocol = sync.protocol.replace('http', 'ws');

makeWorker({ schema, sync: { backend: makeWsSync({ url: sync.href }) } });
