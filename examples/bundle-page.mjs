// Bundles the page of an example with published packages, for its build.mjs.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const PACKAGE_FILES = ['package.json', '.npmrc'];

/**
 * Fetches exactly the packages that package.json names, and bundles them with the sources. An up-to-date result is left
 * unchanged.
 *
 * @param {string} sources folder of the sources, with package.json and .npmrc
 * @param {string} target build folder of the module; gets the folders `page-packages` and `page`
 * @param {import('esbuild').BuildOptions} options what differs between pages
 * @param {string[]} [copies] files of the packages that the page loads as they are
 */
export async function bundlePage(sources, target, options, copies = []) {
  const packages = join(target, 'page-packages');
  const installed = join(packages, 'node_modules');
  const page = join(target, 'page');

  await once(packages, PACKAGE_FILES.map((file) => join(sources, file)), () => {
    for (const file of PACKAGE_FILES) copyFileSync(join(sources, file), join(packages, file));
    const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], {
      cwd: packages,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm install in ${packages} ended with ${status}`);
  });

  const files = readdirSync(sources).sort().map((file) => join(sources, file));
  await once(page, [...files, fileURLToPath(import.meta.url)], async () => {
    const { build } = await import(pathToFileURL(join(installed, 'esbuild', 'lib', 'main.js')));
    await build({
      absWorkingDir: sources,
      outdir: page,
      nodePaths: [installed],
      bundle: true,
      external: ['./page/*'], // the server has these scripts beside the page's own
      minify: true,
      format: 'esm',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      legalComments: 'external',
      logLevel: 'warning',
      ...options,
    });
    for (const file of copies) copyFileSync(join(installed, file), join(page, basename(file)));
  });
}

/** Runs the work unless it has been done with the same files. */
async function once(folder, files, work) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${basename(file)}\0`).update(readFileSync(file));
  const sum = hash.digest('hex');
  const mark = `${folder}.made-of`;
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return;
  rmSync(mark, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await work();
  writeFileSync(mark, sum);
}
