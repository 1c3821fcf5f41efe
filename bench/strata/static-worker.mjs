// The thread of static-pages.mjs: finds a page by its `after` and `limit`, and sends the bytes that the server answered.
import http from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { readDeltas } from './deltas.mjs'
import { READER } from './protocol.mjs'

const pages = new Map()
for (const limit of workerData.limits) {
  const keep = (after, page) => pages.set(`${after} ${limit}`, page)
  await readDeltas(new URL(workerData.url), READER, limit, workerData.rows, keep)
}
const server = http.createServer((request, response) => {
  const query = new URL(request.url, 'http://static').searchParams
  const page = pages.get(`${query.get('after')} ${query.get('limit')}`)
  if (!page) return response.writeHead(404).end()
  response.writeHead(200, { 'content-type': page.type, 'content-length': page.bytes.length })
  response.end(page.bytes)
})
server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))
