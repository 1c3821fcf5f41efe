// The pages of deltas of a server, served from memory: what the client would reach if a page cost nothing.
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { readDeltas } from './deltas.mjs'
import { READER } from './protocol.mjs'

export class StaticPages {
  name = 'static pages'

  constructor(server, options) {
    this.server = server
    this.options = options
  }

  /** Fetches the pages, in a thread of its own that serves them afterwards. */
  async prepare() {
    const { rows, limits } = this.options
    const workerData = { url: this.server.base.href, rows, limits }
    this.worker = new Worker(new URL('./static-worker.mjs', import.meta.url), { workerData })
    const [port] = await once(this.worker, 'message')
    this.base = new URL(`http://127.0.0.1:${port}`)
  }

  deltas(limit) {
    return readDeltas(this.base, READER, limit, this.options.rows)
  }

  close() {
    return this.worker?.terminate()
  }
}
