// Builds the page's scripts: the page, and the two workers that the client wants.
// node build.mjs TARGET_FOLDER

import { fileURLToPath } from 'node:url';
import { bundlePage } from '../../../../../bundle-page.mjs';

await bundlePage(
  fileURLToPath(new URL('.', import.meta.url)),
  process.argv[2],
  {
    entryPoints: [
      { in: 'livestore-notes.js', out: 'livestore-notes' },
      { in: 'store-worker.js', out: 'store-worker' },
      { in: '@livestore/adapter-web/shared-worker', out: 'shared-worker' },
    ],
    splitting: true,
  },
  ['@livestore/wa-sqlite/dist/wa-sqlite.wasm'],
);
