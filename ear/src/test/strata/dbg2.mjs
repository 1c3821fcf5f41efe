import { Devices } from './clients.mjs'; import { join, leave } from './server.mjs'; import { readFileSync } from 'node:fs';
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));
for (let n = 0; n < 40; n++) { const d = new Devices(); const g = 'ws-dbg' + n + Date.now(); await join('alice', g); const alice = await d.add('alice'); const bob = await d.add('bob'); await fetch('http://127.0.0.1:21310/clear');  await join('bob', g);
  let ok = false; for (let i = 0; i < 30 && !ok; i++) { await sleep(100); ok = (await bob.status()).groups.includes(g); }
  if (!ok) { console.log('FAILED', n, g, JSON.stringify(await bob.status()), bob.complaints); console.log(readFileSync('/tmp/s6/proxy.log', 'utf8')); await leave('bob', g); await leave('alice', g); await d.close(); break; }
  await leave('bob', g); await leave('alice', g); await d.close(); }
