import { Devices } from './clients.mjs'; import { join, leave } from './server.mjs'; import { settled } from './convergence.mjs'; import { until } from './patience.mjs';
for (let n = 0; n < 8; n++) { const d = new Devices(); const g = 'ws-dbg' + Date.now(); const bob = await d.add('bob'); 
await settled(bob); bob.forwarder.goOffline(); await until('x', async () => (await bob.status()).connection !== 'connected');  await join('bob', g); bob.forwarder.goOnline(); const s = [];
for (let i = 0; i < 24; i++) { await new Promise((r) => setTimeout(r, 300)); const x = await bob.status(); s.push(x.state[0] + x.state[1] + (x.groups.includes(g) ? '+' : '-')); }
console.log(s.join(' '), bob.complaints.map((x) => x.slice(0, 80)));
await leave('bob', g); await d.close(); }
