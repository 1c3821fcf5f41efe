// Copies the starters, and builds the copies: `node starters.mjs copy react ../my-app`, `node starters.mjs build`.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const STARTERS = join(ROOT, 'starters');
const PACKAGES = join(ROOT, 'target/packages');
const TYPES = join(ROOT, '../examples/todo-app/web/src/main/types/lockstep.d.ts');
const BUILT = join(ROOT, 'target/starters');

const names = readdirSync(STARTERS).filter((name) => existsSync(join(STARTERS, name, 'package.json'))).sort();

function run(folder, command, ...args) {
  const { status } = spawnSync(command, args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status} in ${folder}`);
}

/** A starter with the styles, the types of todo-app and the client's packages. */
function copy(name, to) {
  if (!names.includes(name)) throw new Error(`There is no starter '${name}', but ${names.join(', ')}.`);
  cpSync(join(STARTERS, name), to, { recursive: true });
  cpSync(join(STARTERS, 'todo.css'), join(to, 'src/todo.css'));
  cpSync(TYPES, join(to, 'src/lockstep.d.ts'));
  cpSync(PACKAGES, join(to, 'packages'), { recursive: true });
}

/** Installs exactly what the copies' package.json files name, unless that has been done. */
function install() {
  const workspace = JSON.stringify({ private: true, workspaces: names });
  writeFileSync(join(BUILT, 'package.json'), workspace);
  const hash = createHash('sha256').update(workspace);
  for (const name of names) hash.update(readFileSync(join(BUILT, name, 'package.json')));
  for (const file of readdirSync(PACKAGES).sort()) hash.update(readFileSync(join(PACKAGES, file)));
  const sum = hash.digest('hex');
  const mark = join(BUILT, 'node_modules/.made-of');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return;
  rmSync(join(BUILT, 'node_modules'), { recursive: true, force: true });
  run(BUILT, 'npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error');
  writeFileSync(mark, sum);
}

/** The copies share one installation: what several of them use is unpacked once. */
function build() {
  mkdirSync(BUILT, { recursive: true });
  for (const name of readdirSync(BUILT)) {
    if (name !== 'node_modules') rmSync(join(BUILT, name), { recursive: true });
  }
  for (const name of names) copy(name, join(BUILT, name));
  install();
  for (const name of names) run(join(BUILT, name), 'npm', 'run', 'build', '--silent');
}

const [action, name, to] = process.argv.slice(2);
if (action === 'copy' && to) {
  if (existsSync(to)) throw new Error(`${to} exists already.`);
  copy(name, resolve(to));
} else if (action === 'build') {
  build();
} else {
  throw new Error('Say: node starters.mjs copy NAME FOLDER, or node starters.mjs build');
}
