// A bare `ws` server (peer.mjs) that repeats the frame of a measured server: what p50 and p99 are made of without one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import net from 'node:net'
import { fileURLToPath } from 'node:url'
import { WebSocket } from 'ws'
import { Audience, markedAnew, paced } from './fanout.mjs'
import { sleep } from './measuring.mjs'

/** How long the peer may take to start. */
const START_MS_MAX = 10_000

export class BareSocket {
  name = 'bare `ws`'

  constructor(server, options) {
    this.server = server
    this.options = options
  }

  async prepare() {
    const port = await freePort()
    this.peer = spawn(process.execPath, [fileURLToPath(new URL('../peer.mjs', import.meta.url)), port], { stdio: 'inherit' })
    this.address = `ws://127.0.0.1:${port}`
    for (const end = performance.now() + START_MS_MAX; ; await sleep(50)) {
      try {
        return (await open(this.address)).terminate()
      } catch (refused) {
        if (performance.now() > end) throw refused
      }
    }
  }

  async paced(perSecond, secs) {
    const { frame } = this.server
    if (!frame) throw new Error(`there is no frame of ${this.server.name}`)
    const audience = new Audience()
    const publisher = await open(`${this.address}/?pub=1`)
    try {
      await audience.gather(this.options.subscribers, (hear) => open(this.address, hear))
      return await paced(audience, perSecond, secs, async () => {
        publisher.send(markedAnew(frame))
        return 1
      })
    } finally {
      audience.leave()
      publisher.terminate()
    }
  }

  close() {
    this.peer?.kill()
  }
}

async function open(address, hear = () => {}) {
  const socket = new WebSocket(address, { perMessageDeflate: false })
  socket.on('message', hear)
  await once(socket, 'open')
  // One that breaks later hears no more, and what it misses is counted.
  socket.on('error', () => {})
  return socket
}

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
