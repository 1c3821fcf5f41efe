// First and further pages of lists with filters and orders, in a room of many rows; and the server's memory meanwhile.
// node lists.mjs http://127.0.0.1:8080/scoped-todos-app PID --sql 'host=127.0.0.1 port=5432 user=postgres' [--rows 1000000] [--requests 500]
// PID is the server's. psql stores the rows that are missing; each request has bounds of its own, so that no list comes from
// the server's cache.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import http from 'node:http'

const [url, pid] = process.argv.slice(2)
const option = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const rows = +option('rows', 1_000_000)
const requests = +option('requests', 500)
const sql = option('sql', '')
const base = new URL(url)
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 })
const START = Date.parse('2026-01-01T00:00:00Z')

function psql(statement) {
  return execFileSync('psql', ['-X', '-q', '-t', '-A', sql, '-c', statement], { encoding: 'utf8' }).trim()
}

function get(path) {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    http
      .get({ agent, host: base.hostname, port: base.port, path: base.pathname.replace(/\/$/, '') + path }, (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => {
          const body = Buffer.concat(parts).toString()
          if (response.statusCode !== 200) reject(new Error(response.statusCode + ' ' + body))
          else resolve({ ms: performance.now() - began, body, link: response.headers.link })
        })
      })
      .on('error', reject)
  })
}

const residentMb = () => Math.round(+/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1] / 1024)

function fill() {
  const stored = +psql("select count(*) from scoped_todos_app_todos where id like 'bench-%'")
  if (stored < rows) {
    psql(`insert into scoped_todos_app_lists (id, name, color, created_at) values ('bench', 'bench', 'red', now())
      on conflict do nothing`)
    psql(`insert into scoped_todos_app_todos (id, scope, title, completed, created_at, updated_at)
      select 'bench-' || n, 'bench', 'todo ' || md5(n::text), n % 10 = 0,
        timestamptz '2026-01-01 00:00:00+00' + n * interval '1 second', now()
      from generate_series(${stored + 1}, ${rows}) n on conflict do nothing`)
  }
  psql('vacuum analyze scoped_todos_app_todos')
  return psql('select count(*) from scoped_todos_app_todos')
}

const TODOS = '/api/default/scopedTodos?'
const filter = (conditions) => 'filter=' + encodeURIComponent(JSON.stringify(conditions))
const later = (request) => new Date(START + (rows - request) * 1000).toISOString()
// The first 1,000 rows are left out: fewer than 50 completed ones may be older.
const within = () => new Date(START + Math.floor(1000 + Math.random() * (rows - 1000)) * 1000).toISOString()

/** Lists by name. Each is a function of the number of its request. */
const LISTS = {
  'calibration: health, without the database': () => '/api/health',
  'newest of all': (n) => TODOS + filter({ createdAt: { lt: later(n) } }) + '&sort=-createdAt&limit=50',
  'newest completed (1 in 10)': (n) =>
    TODOS + filter({ completed: true, createdAt: { lt: later(n) } }) + '&sort=-createdAt&limit=50',
  'completed before any time': () =>
    TODOS + filter({ completed: true, createdAt: { lt: within() } }) + '&sort=-createdAt&limit=50',
  "collection's own order, completed": (n) =>
    TODOS + filter({ completed: true, createdAt: { lt: later(n) } }) + '&limit=50',
  'by title': (n) => TODOS + filter({ createdAt: { lt: later(n) } }) + '&sort=title&limit=50',
}

async function measure(name, connections, path) {
  const times = []
  let next = 0
  async function worker() {
    while (next < requests) {
      const page = await get(path(next++))
      if (JSON.parse(page.body).scopedTodos?.length !== 50 && !page.body.includes('"status":"ok"')) throw new Error(name + ': page of another size')
      times.push(page.ms)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1)
  console.log(`${name}, ${connections} connections: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`)
}

/** Reads page after page along the links. */
async function pages(count) {
  const times = []
  let path = TODOS + filter({ completed: true }) + '&sort=-createdAt&limit=50'
  for (let page = 0; page < count; page++) {
    const read = await get(path)
    times.push(read.ms)
    const next = new URL(/<(.*?)>/.exec(read.link)[1])
    path = next.pathname.slice(base.pathname.replace(/\/$/, '').length) + next.search
  }
  times.sort((a, b) => a - b)
  console.log(`${count} pages along the links: p50 ${times[count >> 1].toFixed(1)} ms, p99 ${times[Math.floor(count * 0.99)].toFixed(1)} ms`)
}

console.log(`rows: ${fill()}`)
for (const path of Object.values(LISTS)) for (let n = 0; n < Math.min(100, requests); n++) await get(path(n)) // a warm server
const before = residentMb()
for (const [name, path] of Object.entries(LISTS)) {
  await measure(name, 1, path)
  await measure(name, 8, path)
}
await pages(300)
console.log(`resident memory of the server: ${before} MB before, ${residentMb()} MB after`)
agent.destroy()
