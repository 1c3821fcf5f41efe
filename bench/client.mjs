// The client in Node, on a running todo-app: a list from its arrival to a sorted live query, an edit until it is shown, how
// fast a full outbox drains, and memory per 10,000 rows beside the collection of Electric's adapter with the same rows.
// node --expose-gc client.mjs http://127.0.0.1:8080/todo-app/ [--rows 10000] [--queued 10000]
import { electricCollectionOptions } from '@tanstack/electric-db-collection'
import { createCollection, createLiveQueryCollection } from '@tanstack/db'
import { createClient } from '@lockstep/client'
import { lockstepCollectionOptions } from '@lockstep/tanstack-db'
import { WebSocket } from 'ws'

const url = process.argv[2]
const option = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : +process.argv[at + 1]
}
const count = option('rows', 10_000)
const queued = option('queued', 10_000)
const todos = new URL('api/default/todos', url)
const prefix = `bench ${Date.now()}`
/** A socket that may be closed while it opens. */
class Socket extends WebSocket {
  constructor(address) {
    super(address)
    this.on('error', () => {})
  }
}

/** Milliseconds of the clock, and of this process's processor time: on a busy machine only the latter can be compared. */
function stopwatch() {
  const [since, cpu] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    return { wall: Math.round(performance.now() - since), cpu: Math.round((user + system) / 1000) }
  }
}

async function send(method, body) {
  const answer = await fetch(`${todos}/bulk`, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${method}: ${answer.status}`)
}

async function removeAll() {
  const ids = (await (await fetch(todos)).json()).todos.filter(({ title }) => title.startsWith('bench ')).map(({ id }) => id)
  for (let from = 0; from < ids.length; from += 100) await send('DELETE', { ids: ids.slice(from, from + 100) })
}

const queryOf = (collection, isSorted) =>
  createLiveQueryCollection({
    startSync: true,
    query: (query) => {
      const all = query.from({ todo: collection })
      return isSorted ? all.orderBy(({ todo }) => todo.createdAt, 'desc') : all
    },
  })

/** A client that measures from the last byte of its list. */
function measured() {
  let arrived
  const timed = async (...request) => {
    const answer = await fetch(...request)
    const text = await answer.text()
    if (text.length > 100_000) arrived ??= stopwatch()
    return new Response(text, answer)
  }
  const client = createClient({ url, storage: 'memory', environment: { fetch: timed, WebSocket: Socket } })
  return { client, sinceArrival: () => arrived() }
}

async function cold() {
  const { client, sinceArrival } = measured()
  const todos = client.collection('todos')
  await new Promise((resolve) => todos.subscribe(() => todos.rows.length >= count && resolve()))
  const { wall, cpu } = sinceArrival()
  console.log(`${count} rows, from the list's arrival to the sorted rows of the client: ${wall} ms, processor ${cpu} ms`)
  await client.close()
}

/** The same with TanStack DB; then one edit. */
async function coldQuery(isSorted) {
  const { client, sinceArrival } = measured()
  const collection = createCollection(lockstepCollectionOptions({ client, collection: 'todos' }))
  const query = queryOf(collection, isSorted)
  await query.preload()
  const { wall, cpu } = sinceArrival()
  if (query.size < count) throw new Error(`The query has ${query.size} rows.`)
  console.log(`${count} rows, from the list's arrival to ${isSorted ? 'a sorted' : 'an unsorted'} live query: ${wall} ms, processor ${cpu} ms`)
  const { id } = query.toArray[count >> 1]
  const edit = stopwatch()
  collection.update(id, (todo) => void (todo.completed = true))
  if (!query.get(id).completed) throw new Error('The edit is not shown in its own task.')
  const shown = edit()
  console.log(`an edit in it, shown in the same task: ${shown.wall} ms, processor ${shown.cpu} ms`)
  await client.flush()
  await client.close()
}

/** Inserts wait while the server cannot be reached, and are sent when it can. */
async function drain() {
  let isDown = false
  const gated = (...request) => (isDown ? Promise.reject(new TypeError('down')) : fetch(...request))
  const client = createClient({ url, storage: 'memory', environment: { fetch: gated, WebSocket: Socket } })
  await client.collection('todos').refetch()
  isDown = true
  for (let row = 0; row < queued; row++) client.collection('todos').insert({ title: `${prefix} ${row}` })
  isDown = false
  const sending = stopwatch()
  await client.flush()
  const { wall, cpu } = sending()
  console.log(`${queued} waiting inserts drain in ${wall} ms: ${Math.round((queued / wall) * 1000)}/s; processor ${cpu} ms`)
  await client.close()
}

const row = (number) => ({
  id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  title: `A todo with a title of usual length, number ${number}`,
  completed: number % 3 === 0,
  createdAt: new Date(1_700_000_000_000 + number).toISOString(),
  updatedAt: new Date(1_700_000_000_000 + number).toISOString(),
})

function used() {
  for (let times = 0; times < 4; times++) gc()
  return process.memoryUsage().heapUsed
}

async function memory(name, load) {
  const before = used()
  const kept = await load()
  if (kept.at(-1).size !== count) throw new Error(`${name} has ${kept.at(-1).size} rows`)
  console.log(`${name}: ${((used() - before) / 1048576).toFixed(1)} MiB for ${count} rows`)
  return kept
}

const json = (body, headers) => new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json', ...headers } })
const rows = () => Array.from({ length: count }, (_, number) => row(number))
class Silent {
  send() {}
  close() {}
}

async function loadClient() {
  const environment = { fetch: async () => json({ todos: rows() }, { 'lockstep-seq': '1' }), WebSocket: Silent }
  const client = createClient({ url, room: `memory${Math.random()}`, storage: 'memory', environment })
  await client.collection('todos').refetch()
  return [client, { size: client.collection('todos').rows.length }]
}

async function loadLockstep() {
  const [client] = await loadClient()
  const collection = createCollection(lockstepCollectionOptions({ client, collection: 'todos', id: 'lockstep' }))
  await collection.preload()
  return [client, collection]
}

async function loadElectric() {
  let isRead = false
  const schema = { id: { type: 'text' }, title: { type: 'text' }, completed: { type: 'bool' }, createdAt: { type: 'text' }, updatedAt: { type: 'text' } }
  const headers = { 'electric-handle': 'h', 'electric-offset': '0_0', 'electric-schema': JSON.stringify(schema), 'electric-cursor': '1', 'electric-up-to-date': '' }
  const fetchClient = async (request, { signal } = {}) => {
    if (isRead) return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    isRead = true
    const changes = rows().map((value) => ({ key: `"todos"/"${value.id}"`, value: { ...value, completed: String(value.completed) }, headers: { operation: 'insert', relation: ['public', 'todos'] } }))
    return json([...changes, { headers: { control: 'up-to-date', global_last_seen_lsn: '1' } }], headers)
  }
  const collection = createCollection(
    electricCollectionOptions({ id: 'electric', shapeOptions: { url: 'http://shape/v1/shape', params: { table: 'todos' }, fetchClient }, getKey: ({ id }) => id }),
  )
  await collection.preload()
  return [collection]
}

await removeAll()
for (let row = 0; row < count; row += 100) {
  await send('POST', { items: Array.from({ length: 100 }, (_, each) => ({ title: `${prefix} ${row + each}` })) })
}
await cold()
await coldQuery(false)
await coldQuery(true)
await removeAll()
await drain()
await removeAll()
const kept = [
  await memory('@lockstep/client', loadClient),
  await memory('@lockstep/client with @lockstep/tanstack-db', loadLockstep),
  await memory('@tanstack/electric-db-collection', loadElectric),
]
process.exit(kept.length === 3 ? 0 : 1)
