// Checks the code of the READMEs: `node snippets.mjs`, after `node starters.mjs build`. TypeScript is compiled in the
// built React starter, with the types of todo-app; JavaScript is run.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(fileURLToPath(import.meta.url));
const STARTER = join(ROOT, 'target/starters/react');
const FOLDER = join(STARTER, 'snippets');
const READMES = [join(ROOT, 'README.md'), join(ROOT, '../README.md')];

/** No snippet takes longer. */
const MILLIS_MAX = 60_000;

/** Names that a snippet may leave out, where another one or the text has introduced them. */
const INTRODUCED = {
  client: "declare const client: import('@lockstep/client').Client<import('../src/lockstep.js').Schema>;",
  todos: "declare const todos: import('@lockstep/client').Collection<import('../src/lockstep.js').Schema['todos']>;",
  Todo: "import type { Todo } from '../src/lockstep.js';",
  Schema: "import type { Schema } from '../src/lockstep.js';",
  Refusal: "import type { Refusal } from '@lockstep/client';",
  createClient: "import { createClient } from '@lockstep/client';",
  lockstepCollectionOptions: "import { lockstepCollectionOptions } from '@lockstep/tanstack-db';",
  lockstepMutationFn: "import { lockstepMutationFn } from '@lockstep/tanstack-db';",
  createCollection: "import { createCollection } from '@tanstack/react-db';",
  createTransaction: "import { createTransaction } from '@tanstack/react-db';",
  useLiveQuery: "import { useLiveQuery } from '@tanstack/react-db';",
  useEffect: "import { useEffect } from 'react';",
  useState: "import { useState } from 'react';",
  useSyncExternalStore: "import { useSyncExternalStore } from 'react';",
};

/** The snippets of a page, with the line at which each begins. */
function snippetsOf(page) {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(tsx?|js)\n(.*?)^```$/gms)].map(({ 1: language, 2: code, index }) => ({
    name: `${basename(dirname(page))}-line-${text.slice(0, index).split('\n').length}`,
    language,
    code,
  }));
}

function introductionTo(code) {
  const isMissing = (name) =>
    new RegExp(`(?<![.'/])\\b${name}\\b`).test(code) && !new RegExp(`(import[^;]*|const |interface |type )\\b${name}\\b`).test(code);
  return Object.entries(INTRODUCED)
    .filter(([name]) => isMissing(name))
    .map(([, line]) => `${line}\n`)
    .join('');
}

function run(folder, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit', timeout: MILLIS_MAX });
  if (status !== 0) throw new Error(`A snippet of a README fails: ${args.join(' ')} ended with ${status}.`);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const snippets = READMES.flatMap(snippetsOf);
for (const { name, language, code } of snippets) {
  const isScript = language === 'js';
  writeFileSync(join(FOLDER, `${name}.${isScript ? 'mjs' : 'tsx'}`), isScript ? code : `${introductionTo(code)}${code}\nexport {};\n`);
}
writeFileSync(join(FOLDER, 'lockstep.d.ts'), "export type * from '../src/lockstep.js';\n");
writeFileSync(join(FOLDER, 'tsconfig.json'), '{ "extends": "../tsconfig.json", "include": ["."], "exclude": [] }\n');
run(STARTER, join(STARTER, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', FOLDER);
for (const { name } of snippets.filter(({ language }) => language === 'js')) run(STARTER, join(FOLDER, `${name}.mjs`));
console.log(`${snippets.length} snippets of the READMEs compile or run`);
