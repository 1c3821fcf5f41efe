// Installs, builds, packs and tests the client's packages: `node build.mjs build`, `node build.mjs test`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** Limit of the browser build, compressed, in bytes. */
const BROWSER_BUILD_BYTES_MAX = 12_000;

/** Packages that are tested with several versions of another one. The first is what the import names. */
const TESTED_WITH = { 'tanstack-db': { '@tanstack/db': ['@tanstack/db', 'tanstack-db-oldest'] } };

const ROOT = dirname(fileURLToPath(import.meta.url));
const TARGET = join(ROOT, 'target');
const SERVED = join(TARGET, 'classes/META-INF/resources/lockstep');
const PACKAGES = readdirSync(join(ROOT, 'packages')).filter((name) => existsSync(packageFile(name))).sort();

function packageFile(name) {
  return join(ROOT, 'packages', name, 'package.json');
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
}

const tool = (name, ...args) => run(join(ROOT, 'node_modules/.bin', name), args);

/** Installs exactly the packages that the package.json files name, unless that has been done. */
function install() {
  const hash = createHash('sha256');
  for (const file of [join(ROOT, 'package.json'), ...PACKAGES.map(packageFile)]) hash.update(readFileSync(file));
  const sum = hash.digest('hex');
  const mark = join(ROOT, 'node_modules/.made-of');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return;
  rmSync(mark, { force: true });
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']);
  writeFileSync(mark, sum);
}

async function build() {
  const { build: bundle } = await import('esbuild');
  for (const name of PACKAGES) {
    const folder = join(ROOT, 'packages', name);
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
    tool('tsc', '-p', folder);
    await bundle({
      entryPoints: [join(folder, 'src/index.ts')],
      outfile: join(folder, 'dist/index.js'),
      bundle: true,
      packages: 'external',
      format: 'esm',
      target: 'es2022',
      logLevel: 'warning',
    });
  }
  const browserBuild = join(SERVED, 'client.js');
  await bundle({
    entryPoints: [join(ROOT, 'packages/client/src/index.ts')],
    outfile: browserBuild,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
  });
  checkSize(browserBuild);
  await pack();
}

function checkSize(file) {
  const bytes = gzipSync(readFileSync(file), { level: 9 }).length;
  const words = `${basename(file)}: ${bytes} of at most ${BROWSER_BUILD_BYTES_MAX} bytes, compressed`;
  if (bytes > BROWSER_BUILD_BYTES_MAX) throw new Error(words);
  console.log(words);
}

async function pack() {
  const { publint } = await import('publint');
  const { formatMessage } = await import('publint/utils');
  const folder = join(TARGET, 'packages');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of PACKAGES) {
    const pkgDir = join(ROOT, 'packages', name);
    const { messages, pkg } = await publint({ pkgDir, strict: true });
    if (messages.length > 0) throw new Error(`${name}:\n${messages.map((each) => formatMessage(each, pkg)).join('\n')}`);
    run('npm', ['pack', pkgDir, '--pack-destination', folder, '--silent']);
  }
}

/** Checks that each tarball's types resolve as its code does. The packages are ESM only. */
function checkTarballs() {
  const folder = join(TARGET, 'packages');
  for (const file of readdirSync(folder)) tool('attw', '--quiet', '--profile', 'esm-only', join(folder, file));
}

/** Checks the tarballs and the types of the tests, and runs the tests. */
async function test() {
  checkTarballs();
  const { build: bundle } = await import('esbuild');
  const folder = join(TARGET, 'test');
  rmSync(folder, { recursive: true, force: true });
  const files = [];
  for (const name of PACKAGES) {
    const sources = join(ROOT, 'packages', name, 'test');
    if (!existsSync(sources)) continue;
    tool('tsc', '-p', sources);
    const tests = readdirSync(sources).filter((file) => file.endsWith('.test.ts'));
    for (const [at, alias] of aliasesFor(name).entries()) {
      const outdir = join(folder, `${name}-${at}`);
      await bundle({
        entryPoints: tests.map((file) => join(sources, file)),
        outdir,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        packages: 'external',
        alias,
        platform: 'node',
        format: 'esm',
        target: 'node20',
        sourcemap: 'inline',
        logLevel: 'warning',
      });
      files.push(...tests.map((file) => join(outdir, file.replace(/\.ts$/, '.mjs'))));
    }
  }
  run(process.execPath, ['--enable-source-maps', '--test', ...files]);
}

/** One set of aliases for each version that a package is tested with. */
function aliasesFor(name) {
  const [entry] = Object.entries(TESTED_WITH[name] ?? {});
  if (!entry) return [{}];
  const [imported, versions] = entry;
  return versions.map((version) => (version === imported ? {} : { [imported]: version }));
}

install();
await { build, test }[process.argv[2]]();
