// Builds the scripts and styles of openapi.html.
// node build.mjs TARGET_FOLDER

import { fileURLToPath } from 'node:url';
import { bundlePage } from '../../../../bundle-page.mjs';

await bundlePage(fileURLToPath(new URL('.', import.meta.url)), process.argv[2], { entryPoints: ['openapi.js'] });
