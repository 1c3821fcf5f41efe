// Requests and responses of Strata's protocol, without measurement.
import http from 'node:http'
import { randomUUID } from 'node:crypto'
import { WebSocket } from 'ws'

/** The user that writes during a measurement. */
export const WRITER = { token: 'bench-token', group: 'ws-bench' }

/** The user whose rows are read. Only `seed` writes them, so that all servers answer with the same number of rows. */
export const READER = { token: 'bob-token', group: 'ws-b' }

/** How many transactions a request may have; a server refuses more. */
export const TRANSACTIONS_MAX = 100

export const agentOf = (connections) => new http.Agent({ keepAlive: true, maxSockets: connections })

const pathOf = (base, path) => base.pathname.replace(/\/$/, '') + path

export function task(group, title = 'bench row title') {
  const empty = { notes: null, completedAt: null, dueOn: null }
  return { model: 'Task', fields: { title, priority: 1, ...empty, workspaceId: group, createdAt: 1767225600123 } }
}

export const label = (group) => ({ model: 'Label', fields: { name: 'bench label', workspaceId: group } })

/** An insert of a row under an id of its own. */
export function insert(clientId, { model, fields }) {
  const id = randomUUID()
  return { action: 'INSERT', clientId, clientTxId: randomUUID(), modelName: model, modelId: id, payload: { id, ...fields } }
}

/** The result of each transaction; where the batch was refused, a failure for each. */
export async function mutate(agent, base, caller, transactions) {
  const body = JSON.stringify({ batchId: 'bench', transactions })
  const headers = {
    authorization: `Bearer ${caller.token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body)
  }
  const to = { agent, host: base.hostname, port: base.port, method: 'POST', path: pathOf(base, '/sync/mutate'), headers }
  const { status, bytes } = await answer(to, body)
  if (status === 200) return JSON.parse(bytes).results
  return transactions.map(() => ({ success: false, error: `${status} ${bytes}` }))
}

/** A page of deltas as it came: `bytes` and `type`. */
export async function page(agent, base, caller, after, limit) {
  const path = pathOf(base, `/sync/deltas?after=${after}&limit=${limit}&syncGroups=${caller.group}`)
  const headers = { authorization: `Bearer ${caller.token}` }
  const { status, type, bytes } = await answer({ agent, host: base.hostname, port: base.port, path, headers })
  if (status !== 200) throw new Error(`deltas after ${after}: ${status} ${bytes}`)
  return { type, bytes }
}

function answer(to, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(to, (response) => {
      const parts = []
      response.on('data', (part) => parts.push(part))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode, type: response.headers['content-type'], bytes: Buffer.concat(parts) })
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Reads a bootstrap without parsing its rows: its `metadata`, and how many rows came. */
export async function bootstrap(base, caller, model) {
  const path = pathOf(base, `/sync/bootstrap?type=full&onlyModels=${model}&schemaHash=x&syncGroups=${caller.group}`)
  const headers = { authorization: `Bearer ${caller.token}`, accept: 'application/x-ndjson' }
  const { status, lines, first, last } = await linesOf({ host: base.hostname, port: base.port, path, headers })
  if (status !== 200 || !lines || last.includes('"type":"error"')) throw new Error(`bootstrap: ${status} ${last}`)
  return { metadata: JSON.parse(first), rows: lines - (last.startsWith('{"type":"end"') ? 2 : 1) }
}

const LINE_END = 10

/** More than the longest row: the last line is looked for here. */
const TAIL_BYTES = 4096

function linesOf(to) {
  return new Promise((resolve, reject) => {
    const request = http.get(to, (response) => {
      let head = Buffer.alloc(0)
      let tail = Buffer.alloc(0)
      let lines = 0
      response.on('data', (part) => {
        if (!lines) head = Buffer.concat([head, part])
        tail = part.length < TAIL_BYTES ? Buffer.concat([tail, part]).subarray(-TAIL_BYTES) : part.subarray(-TAIL_BYTES)
        for (let at = part.indexOf(LINE_END); at >= 0; at = part.indexOf(LINE_END, at + 1)) lines++
      })
      response.on('error', reject)
      response.on('end', () => {
        const [first] = head.toString().split('\n', 1)
        const last = tail.toString().trimEnd().split('\n').at(-1)
        resolve({ status: response.statusCode, lines, first, last })
      })
    })
    request.on('error', reject)
  })
}

/** Where the log ends for the caller. */
export const head = async (base, caller) => (await bootstrap(base, caller, 'Label')).metadata.lastSyncId

/** Opens a socket and subscribes; what comes after the answer is given to `onDelta` as bytes. */
export function subscribe(base, caller, after, onDelta) {
  return new Promise((resolve, reject) => {
    const address = `ws://${base.host}${pathOf(base, '/sync/ws')}?token=${caller.token}`
    const socket = new WebSocket(address, { perMessageDeflate: false })
    const subscription = { type: 'subscribe', afterSyncId: after, token: caller.token, groups: [caller.group] }
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`subscribe: closed with ${code}`)))
    socket.on('open', () => socket.send(JSON.stringify(subscription)))
    socket.once('message', (bytes) => {
      if (!bytes.includes('"type":"subscribed"')) return reject(new Error(`subscribe: ${bytes}`))
      socket.on('message', onDelta)
      resolve(socket)
    })
  })
}
