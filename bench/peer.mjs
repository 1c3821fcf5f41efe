// What a bare node `ws` server does with the same load: every text from /?pub=1 goes to all others. Needs `npm install ws`.
// node peer.mjs PORT
import { WebSocketServer } from 'ws'

const server = new WebSocketServer({ host: '127.0.0.1', port: +process.argv[2], perMessageDeflate: false })
const readers = new Set()
server.on('connection', (socket, request) => {
  if (!request.url.includes('pub')) readers.add(socket)
  socket.on('close', () => readers.delete(socket))
  socket.on('message', (data) => readers.forEach((reader) => reader.send(data, { binary: false })))
})
