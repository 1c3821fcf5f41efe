// Writes in the native dialect at 1, 8 and 32 connections, and in bulk; after each of them, what was answered is counted
// in the database: by a list that is read anew, and by --sql if psql may look itself.
// node creates.mjs URL [--secs 4] [--sql 'host=127.0.0.1 port=5432 user=postgres']
// URL is an application's (its collection todos, as in bulk-todo), where nobody else writes meanwhile.
import { execFileSync } from 'node:child_process'
import http from 'node:http'

const [url] = process.argv.slice(2)
const option = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const secs = +option('secs', 4)
const sql = option('sql', '')
const base = new URL(url)
const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
let number = 0

function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const data = body === undefined ? '' : JSON.stringify(body)
    const headers = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }
    const request = http.request(
      { agent, host: base.hostname, port: base.port, method, path: base.pathname.replace(/\/$/, '') + path, headers },
      (response) => {
        const parts = []
        response.on('data', (part) => parts.push(part))
        response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() }))
      }
    )
    request.on('error', reject)
    request.end(data)
  })
}

const application = base.pathname.split('/')[1]
const room = 'default'

/** How many rows there are, as a client sees it, and how many actions, as psql does. */
async function counted() {
  const rows = JSON.parse((await ask('GET', `/api/${room}/todos`)).text).todos.length
  const query = `select count(*) from lockstep_action where application = '${application}' and kind = 'I'`
  return { rows, actions: sql ? +execFileSync('psql', [sql, '-Atc', query]) : rows }
}

async function phase(name, connections, rows, path, body) {
  const before = await counted()
  const latencies = []
  let answered = 0
  let refused = 0
  const began = performance.now()
  const end = began + secs * 1000
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const at = performance.now()
        const { status } = await ask('POST', `/api/${room}/todos${path}`, body(`m-${process.pid}-${++number}`))
        latencies.push(performance.now() - at)
        if (status === 200) answered += rows
        else refused++
      }
    })
  )
  const took = (performance.now() - began) / 1000
  latencies.sort((a, b) => a - b)
  const after = await counted()
  const stored = after.rows - before.rows
  const actions = after.actions - before.actions
  const perSecond = Math.round(answered / took)
  console.log(JSON.stringify({ name, perSecond, p50: +latencies[latencies.length >> 1].toFixed(2), answered, refused, stored, actions }))
  if (stored !== answered || (sql && actions !== answered) || refused) process.exitCode = 1
}

const one = (id) => ({ title: 'a todo', _clientMutationId: id })
const many = (id) => ({ items: Array.from({ length: 100 }, () => ({ title: 'one of many' })), _clientMutationId: id })
await phase('warming up', 8, 1, '', one)
for (const connections of [1, 8, 32]) await phase(`create, ${connections} connections`, connections, 1, '', one)
await phase('bulk of 100', 1, 100, '/bulk', many)
agent.destroy()
