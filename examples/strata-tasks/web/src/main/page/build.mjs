// Builds the page's script.
// node build.mjs TARGET_FOLDER

import { fileURLToPath } from 'node:url';
import { bundlePage } from '../../../../../bundle-page.mjs';

await bundlePage(fileURLToPath(new URL('.', import.meta.url)), process.argv[2], {
  entryPoints: ['strata-tasks.jsx'],
  jsx: 'automatic',
});
