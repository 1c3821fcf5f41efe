// A server that speaks Strata's protocol, as a column of the table.
import { agentOf, bootstrap, head, insert, label, mutate, READER, subscribe, task, TRANSACTIONS_MAX, WRITER } from './protocol.mjs'
import { readDeltas } from './deltas.mjs'
import { allOrSilence, Audience, mark, paced, saturated } from './fanout.mjs'
import { quantile } from './measuring.mjs'

/** Load that is not counted, before each figure of writes: connections are opened meanwhile. */
const LEAD_IN_MS = 1500

const SEEDERS = 4
export const FANOUT_WRITERS = 8
export const LIVE_WRITERS = 32

const accepted = (results) => results.filter(({ success }) => success)

export class StrataServer {
  /** Transactions that were answered with success: they have to be in the database. */
  answered = 0
  refused = 0

  constructor(name, url, options) {
    this.name = name
    this.base = new URL(url)
    this.options = options
    this.clientId = `bench-${process.pid}-${Date.now()}`
  }

  /** The first step of the path: Lockstep's applications have one, the original has none. */
  get application() {
    return this.base.pathname.split('/')[1]
  }

  /**
   * Makes the rows that are read, if they are not there yet, and labels that are not: where the tasks end, a server that
   * looks for one action more than a page holds would otherwise look through all that others wrote since.
   */
  async prepare() {
    await this.seed('Task', this.options.rows, task)
    await this.seed('Label', this.options.limits.at(-1), label)
  }

  async seed(model, rows, make) {
    const { metadata } = await bootstrap(this.base, READER, model)
    let missing = rows - metadata.returnedModelsCount[model]
    await this.writers(SEEDERS, async (agent) => {
      while (missing > 0) {
        const count = Math.min(TRANSACTIONS_MAX, missing)
        missing -= count
        const results = await this.write(agent, READER, count, make)
        if (accepted(results).length < count) throw new Error(`seeding: ${JSON.stringify(results)}`)
      }
    })
  }

  async mutations(connections, each, secs) {
    const latencies = []
    const refusedBefore = this.refused
    const began = performance.now() + LEAD_IN_MS
    const end = began + secs * 1000
    let count = 0
    await this.writers(connections, async (agent) => {
      while (performance.now() < end) {
        const at = performance.now()
        const results = await this.write(agent, WRITER, each)
        const now = performance.now()
        if (now < began) continue
        latencies.push(now - at)
        // A request counts for the part of it that lies in the time: a batch may take as long as the measurement.
        const part = (Math.min(now, end) - Math.max(at, began)) / (now - at)
        count += accepted(results).length * part
      }
    })
    const refused = this.refused - refusedBefore
    return { rate: count / secs, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99), refused }
  }

  async bootstrap() {
    const began = performance.now()
    const { metadata, rows } = await bootstrap(this.base, READER, 'Task')
    const ms = performance.now() - began
    return { rate: (rows / ms) * 1000, count: rows, missing: metadata.returnedModelsCount.Task - rows }
  }

  /** In pages of a length that nobody else asks for: a server may keep those that it has told. */
  newDeltas() {
    return readDeltas(this.base, READER, this.options.limits[0] - 3, this.options.rows)
  }

  deltas(limit) {
    return readDeltas(this.base, READER, limit, this.options.rows)
  }

  paced(perSecond, secs) {
    return this.heard(async (audience, send) => {
      const figures = await paced(audience, perSecond, secs, send)
      this.frame = audience.frame
      return figures
    })
  }

  saturated(secs) {
    return this.heard((audience, send) => saturated(audience, FANOUT_WRITERS, secs, send))
  }

  async heard(measure) {
    const audience = new Audience()
    const after = await head(this.base, WRITER)
    const agent = agentOf(FANOUT_WRITERS)
    const refusedBefore = this.refused
    try {
      await audience.gather(this.options.subscribers, (hear) => subscribe(this.base, WRITER, after, hear))
      const figures = await measure(audience, async () => accepted(await this.write(agent, WRITER, 1, (group) => task(group, mark()))).length)
      return { ...figures, refused: this.refused - refusedBefore }
    } finally {
      audience.leave()
      agent.destroy()
    }
  }

  /** One who listens while many write: whether each id that was answered came, and came after the one before. */
  async live(count) {
    const came = new Set()
    let last = 0n
    let disordered = 0
    const socket = await subscribe(this.base, WRITER, await head(this.base, WRITER), (bytes) => {
      for (const action of JSON.parse(bytes).packet?.actions ?? []) {
        const id = BigInt(action.syncId)
        if (id <= last) disordered++
        last = id
        came.add(action.syncId)
      }
    })
    const expected = []
    let left = count
    await this.writers(LIVE_WRITERS, async (agent) => {
      while (left-- > 0) expected.push(...accepted(await this.write(agent, WRITER, 1)))
    })
    await allOrSilence(expected.length, () => came.size)
    socket.terminate()
    return { sent: expected.length, lost: expected.filter(({ syncId }) => !came.has(syncId)).length, disordered }
  }

  /** So many at once with connections of their own; the first that fails ends them all. */
  async writers(count, work) {
    const agent = agentOf(count)
    try {
      await Promise.all(Array.from({ length: count }, () => work(agent)))
    } finally {
      agent.destroy()
    }
  }

  async write(agent, caller, count, make = task) {
    const transactions = Array.from({ length: count }, () => insert(this.clientId, make(caller.group)))
    const results = await mutate(agent, this.base, caller, transactions)
    this.answered += accepted(results).length
    this.refused += count - accepted(results).length
    return results
  }
}
