// Copies the starters, and builds the copies: `node starters.mjs copy react ../my-app`, `node starters.mjs build`.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const STARTERS = join(ROOT, 'starters');
const PACKAGES = join(ROOT, 'target/packages');
const TYPES = join(ROOT, '../examples/todo-app/web/src/main/types/lockstep.d.ts');
const BUILT = join(ROOT, 'target/starters');

const names = readdirSync(STARTERS).filter((name) => existsSync(join(STARTERS, name, 'package.json'))).sort();

async function run(folder, command, ...args) {
  const child = spawn(command, args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  const [status] = await once(child, 'exit');
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

/** Installs exactly what the copy's package.json names, unless that has been done. */
async function install(folder) {
  const hash = createHash('sha256').update(readFileSync(join(folder, 'package.json')));
  for (const file of readdirSync(PACKAGES).sort()) hash.update(readFileSync(join(PACKAGES, file)));
  const sum = hash.digest('hex');
  const mark = join(folder, 'node_modules/.made-of');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === sum) return;
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  await run(folder, 'npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--loglevel=error');
  writeFileSync(mark, sum);
}

async function build(name) {
  const folder = join(BUILT, name);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) {
    if (file !== 'node_modules') rmSync(join(folder, file), { recursive: true });
  }
  copy(name, folder);
  await install(folder);
  await run(folder, 'npm', 'run', 'build', '--silent');
}

/** Two at a time: an installation waits for the disk, a build for the processor. */
async function buildAll() {
  const waiting = [...names];
  const work = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) await build(name);
  };
  await Promise.all([work(), work()]);
}

const [action, name, to] = process.argv.slice(2);
if (action === 'copy' && to) {
  if (existsSync(to)) throw new Error(`${to} exists already.`);
  copy(name, resolve(to));
} else if (action === 'build') {
  await buildAll();
} else {
  throw new Error('Say: node starters.mjs copy NAME FOLDER, or node starters.mjs build');
}
