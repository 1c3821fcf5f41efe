// Servers that speak Strata's protocol, side by side in one run: each figure is taken of one after the other before the
// next is. Beside them what the parts allow: the SQL alone (pgbench), sockets alone (a bare `ws`), the client alone
// (`--static`: pages of deltas from memory). Prints a table; each figure with its p50, p99 and the machine's load on stderr.
// node strata.mjs --server NAME=URL [--server NAME=URL ...] [--static] [--sql 'host=127.0.0.1 port=5432 user=postgres']
//   [--secs 6] [--rows 100000] [--subs 1000] [--live 20000] [--warm 90] [--only mutations,batches,bootstrap,deltas,fanout,live]
// bench-token and bob-token have to be known (groups ws-bench and ws-b), and nobody else may write; a server that starts
// empty has its rows in one piece. Needs `npm install ws`.
// With --sql, what a server with a path (an application of Lockstep) answered is counted in the database.
import { parseArgs } from 'node:util'
import { BareSocket } from './strata/bare-socket.mjs'
import { median, repeated, tell, warmUp, whole } from './strata/measuring.mjs'
import { hasPgbench, Pgbench } from './strata/pgbench.mjs'
import { StaticPages } from './strata/static-pages.mjs'
import { stored } from './strata/stored.mjs'
import { FANOUT_WRITERS, LIVE_WRITERS, StrataServer } from './strata/strata-server.mjs'

const { values } = parseArgs({
  options: {
    server: { type: 'string', multiple: true },
    static: { type: 'boolean', default: false },
    sql: { type: 'string', default: '' },
    secs: { type: 'string', default: '6' },
    rows: { type: 'string', default: '100000' },
    subs: { type: 'string', default: '1000' },
    live: { type: 'string', default: '20000' },
    warm: { type: 'string', default: '90' },
    only: { type: 'string', default: 'mutations,batches,bootstrap,deltas,fanout,live' }
  }
})
const [secs, rows, subscribers, live, warm] = [values.secs, values.rows, values.subs, values.live, values.warm].map(Number)
const only = values.only.split(',')
const BATCH = 100
const PACE = 5
const LIMITS = [1000, 5000]

const connections = (count) => (count === 1 ? '1 connection' : `${count} connections`)
const less = (count, what) => (count ? `, ${whole(count)} ${what}` : '')
const rate = (figures) => whole(figures.rate) + less(figures.refused, 'refused') + less(figures.missing, 'missing')
const latency = (figures) => `${figures.p50} / ${figures.p99}` + less(figures.lost, 'lost') + less(figures.refused, 'refused')
const deliveries = (figures) => `${whole(figures.rate)}, ${whole(figures.lost)} lost` + less(figures.refused, 'refused')
const disorder = (figures) => `${whole(figures.lost)} / ${whole(figures.disordered)}`

/**
 * Measurements: how a server is warmed for each, and its figures, of each column that has such. Of several `times` the
 * median counts.
 */
const kinds = {
  mutations: {
    warm: async (server, secs) => (await server.mutations(8, 1, secs)).rate,
    figures: [1, 8, 32].map((count) => ({
      label: `mutations/s, ${connections(count)}`,
      of: (column) => column.mutations?.(count, 1, secs),
      cell: rate
    }))
  },
  batches: {
    warm: async (server, secs) => (await server.mutations(8, BATCH, secs)).rate,
    figures: [1, 8, 32].map((count) => ({
      label: `mutations/s in batches of ${BATCH}, ${connections(count)}`,
      of: (column) => column.mutations?.(count, BATCH, 2 * secs),
      cell: rate
    }))
  },
  bootstrap: {
    warm: (server, secs) => repeated(secs, () => server.bootstrap()),
    figures: [
      { label: `bootstrap of ${whole(rows)} rows, rows/s`, of: (column) => column.bootstrap?.(), times: 3, cell: rate }
    ]
  },
  deltas: {
    warm: (server, secs) => repeated(secs, () => server.deltas(LIMITS[0])),
    figures: [
      {
        label: `deltas of ${whole(rows)} actions, pages that nobody has read, actions/s`,
        of: (column) => column.newDeltas?.(),
        cell: rate
      },
      ...LIMITS.map((limit) => ({
        label: `deltas of ${whole(rows)} actions, pages of ${whole(limit)}, actions/s`,
        of: (column) => column.deltas?.(limit),
        times: 3,
        cell: rate,
        isPartOf: 'static pages'
      }))
    ]
  },
  fanout: {
    warm: async (server, secs) => (await server.saturated(secs)).rate,
    figures: [
      {
        label: `${whole(subscribers)} subscribers, ${PACE}/s, p50 / p99 ms`,
        of: (column) => column.paced?.(PACE, secs),
        cell: latency
      },
      {
        label: `${whole(subscribers)} subscribers, ${FANOUT_WRITERS} writers, deliveries/s`,
        of: (column) => column.saturated?.(secs),
        cell: deliveries
      }
    ]
  },
  live: {
    figures: [
      {
        label: `${whole(live)} live deltas, ${LIVE_WRITERS} writers, lost / out of order`,
        of: (column) => column.live?.(live),
        cell: disorder
      }
    ]
  }
}

const named = (server) => {
  const [, name, url] = /^([^=]+)=(.+)$/.exec(server) ?? []
  if (!url) throw new Error(`--server ${server}: NAME=URL is needed`)
  return new StrataServer(name, url, { rows, limits: LIMITS, subscribers })
}
const servers = (values.server ?? []).map(named)
if (!servers.length) throw new Error('--server NAME=URL is needed')
const unknown = only.filter((kind) => !kinds[kind])
if (unknown.length) throw new Error(`--only ${unknown}: there are ${Object.keys(kinds)}`)

const columns = [...servers]
if (values.sql && hasPgbench()) {
  columns.push(new Pgbench('pgbench', values.sql, { 1: 'mutation' }))
  columns.push(new Pgbench('pgbench, ordered', values.sql, { 1: 'ordered', [BATCH]: 'ordered-100' }))
}
if (only.includes('fanout')) columns.push(new BareSocket(servers[0], { subscribers }))
if (values.static) columns.push(new StaticPages(servers[0], { rows, limits: LIMITS }))

const line = (label, cells) => `| ${[label, ...cells].join(' | ')} |`
const lines = [line('', columns.map(({ name }) => name)), `|${'---|'.repeat(columns.length + 1)}`]

/** A figure of each column. One that fails is told and leaves the others alone. */
async function measured(figure) {
  const results = []
  for (const column of columns) {
    try {
      const result = await median(figure.times ?? 1, () => figure.of(column))
      if (result) tell(column.name, figure.label, result)
      results.push(result)
    } catch (failure) {
      tell(column.name, figure.label, { failure: failure.message })
      process.exitCode = 1
      results.push({ failure })
    }
  }
  const ceiling = results[columns.findIndex(({ name }) => name === figure.isPartOf)]
  const cell = (result) => {
    if (!result) return ''
    if (result.failure) return 'failed'
    const share = ceiling?.rate && ceiling !== result ? ` (${Math.round((result.rate / ceiling.rate) * 100)} %)` : ''
    return figure.cell(result) + share
  }
  lines.push(line(figure.label, results.map(cell)))
}

/** Whether what was answered with success is in the log, once, and its row in its table. */
function counted() {
  const cell = (column) => {
    if (!column.application) return ''
    const { log, rows } = stored(values.sql, column)
    if (log !== column.answered || rows !== column.answered) process.exitCode = 1
    return [column.answered, log, rows].map(whole).join(' / ')
  }
  lines.push(line('answered / in the log / in the table', columns.map(cell)))
}

/** Prints what there is by now, and leaves nothing behind. */
async function finish() {
  console.log(lines.join('\n'))
  for (const column of columns) await column.close?.()
}
process.once('SIGINT', () => finish().finally(() => process.exit(130)))

try {
  for (const column of columns) await column.prepare?.()
  for (const { warm: load, figures } of only.map((name) => kinds[name])) {
    for (const server of load ? servers : []) {
      const rates = await warmUp(warm, (secs) => load(server, secs))
      tell(server.name, 'warming up, rate of each window', { rates })
    }
    for (const figure of figures) await measured(figure)
  }
  if (values.sql) counted()
} finally {
  await finish()
}
