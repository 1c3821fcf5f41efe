// Builds the page's script: fetches exactly the packages that package.json names, and bundles them with the sources
// here. An up-to-date result is left unchanged.
// node build.mjs TARGET_FOLDER

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const sources = fileURLToPath(new URL('.', import.meta.url));
const packages = join(process.argv[2], 'page-packages');
const page = join(process.argv[2], 'page');

/** Runs the work unless it has been done with the same files. */
async function once(folder, files, work) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(sources, file)));
  const sum = hash.digest('hex');
  const mark = `${folder}.made-of`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return;
  rmSync(mark, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await work();
  writeFileSync(mark, sum);
}

await once(packages, ['package.json', '.npmrc'], () => {
  for (const file of ['package.json', '.npmrc']) copyFileSync(join(sources, file), join(packages, file));
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
    cwd: packages,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm install in ${packages} ended with ${status}`);
});

await once(page, readdirSync(sources).sort(), async () => {
  const { build } = await import(pathToFileURL(join(packages, 'node_modules', 'esbuild', 'lib', 'main.js')));
  await build({
    entryPoints: [join(sources, 'strata-tasks.jsx')],
    outdir: page,
    nodePaths: [join(packages, 'node_modules')],
    bundle: true,
    external: ['./lockstep/*'], // the server has these scripts beside the page's own
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'external',
    logLevel: 'warning',
  });
});
