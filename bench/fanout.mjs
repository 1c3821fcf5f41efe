// Deliveries per second of server CPU: raw sockets that look at frame headers only, so that the client is not the limit.
// node fanout.mjs URL PID [--subs 500] [--rate 50] [--secs 10] [--bytes 200] [--pub rest|socket] [--idle]
// URL is an application's (its collection todos) for rest; for socket a server that repeats what /?pub=1 sends.
import crypto from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'

const [url, pid] = process.argv.slice(2)
const option = (name, otherwise) => {
  const at = process.argv.indexOf('--' + name)
  return at < 0 ? otherwise : process.argv[at + 1]
}
const subs = +option('subs', 500)
const rate = +option('rate', 50)
const secs = +option('secs', 10)
const bytes = +option('bytes', 200)
const rest = option('pub', 'rest') === 'rest'
const base = new URL(url)
const MARK = '@T'
const latencies = []
let delivered = 0
let greeted = 0

const micros = () => process.hrtime.bigint() / 1000n
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
const statusKb = (key) => +new RegExp(`${key}:\\s+(\\d+)`).exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]
const cpuSeconds = () => {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (+fields[11] + +fields[12]) / 100
}

function masked(op, text) {
  const body = Buffer.from(text)
  const mask = crypto.randomBytes(4)
  const head = body.length < 126 ? [op, 0x80 | body.length] : [op, 0xfe, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from(head), mask, body.map((byte, i) => byte ^ mask[i & 3])])
}

function take(payload, timed) {
  const at = payload.indexOf(MARK)
  if (at < 0) {
    greeted++
    return
  }
  delivered++
  if (timed) latencies.push(Number(micros() - BigInt(payload.subarray(at + 2, at + 18).toString())))
}

function connect(path, timed) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(+base.port, base.hostname)
    socket.setNoDelay(true)
    socket.on('error', reject)
    const key = crypto.randomBytes(16).toString('base64')
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${base.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`
    )
    let kept = Buffer.alloc(0)
    let upgraded = false
    socket.on('data', (data) => {
      kept = kept.length ? Buffer.concat([kept, data]) : data
      if (!upgraded) {
        const end = kept.indexOf('\r\n\r\n')
        if (end < 0) return
        if (!kept.subarray(0, 16).includes('101')) return reject(new Error(kept.subarray(0, 200).toString()))
        upgraded = true
        kept = kept.subarray(end + 4)
        resolve(socket)
      }
      let at = 0
      while (kept.length - at >= 2) {
        let length = kept[at + 1] & 127
        let head = 2
        if (length === 126) {
          if (kept.length - at < 4) break
          length = kept.readUInt16BE(at + 2)
          head = 4
        }
        if (kept.length - at < head + length) break
        const payload = kept.subarray(at + head, at + head + length)
        if ((kept[at] & 15) === 9) socket.write(masked(0x8a, payload))
        else if ((kept[at] & 15) < 3) take(payload, timed)
        at += head + length
      }
      kept = kept.subarray(at)
    })
  })
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
function post(title) {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ title })
    const path = base.pathname.replace(/\/$/, '') + '/api/default/todos'
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = http.request({ agent, host: base.hostname, port: base.port, method: 'POST', path, headers }, (answer) => {
      answer.resume()
      answer.on('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error('' + answer.statusCode))))
    })
    request.on('error', reject)
    request.end(body)
  })
}

const before = statusKb('VmRSS')
const path = rest ? base.pathname.replace(/\/$/, '') + '/parties/main/default' : '/'
const sockets = []
while (sockets.length < subs) {
  const some = Array.from({ length: Math.min(50, subs - sockets.length) }, (_, i) => connect(path, i % 10 === 0))
  sockets.push(...(await Promise.all(some)))
}
for (let i = 0; rest && i < 400 && greeted < subs; i++) await sleep(25)
if (process.argv.includes('--idle')) {
  await sleep(3000)
  console.log(JSON.stringify({ subs, greeted, kbEach: +((statusKb('VmRSS') - before) / subs).toFixed(1) }))
  process.exit(0)
}
const publisher = rest ? null : await connect('/?pub=1', false)
const room = bytes - 18
const send = () => {
  const title = MARK + String(micros()).padStart(16, '0') + 'x'.repeat(Math.max(0, room))
  return rest ? post(title) : publisher.write(masked(0x81, title))
}
await sleep(500)
const cpuBefore = cpuSeconds()
const begin = Date.now()
let sent = 0
const answers = []
while (sent < rate * secs) {
  const due = Math.min(rate * secs, Math.floor(((Date.now() - begin) / 1000) * rate))
  for (; sent < due; sent++) answers.push(send())
  await sleep(5)
}
await Promise.all(answers)
for (const end = Date.now() + 15000; delivered < sent * subs && Date.now() < end; ) await sleep(20)
const seconds = (Date.now() - begin) / 1000
const cpu = cpuSeconds() - cpuBefore
latencies.sort((a, b) => a - b)
const ms = (share) => +((latencies[Math.floor(latencies.length * share)] ?? 0) / 1000).toFixed(1)
console.log(
  JSON.stringify({
    subs,
    sent,
    delivered,
    lost: sent * subs - delivered,
    perSecond: Math.round(delivered / seconds),
    p50ms: ms(0.5),
    p99ms: ms(0.99),
    cpuSeconds: +cpu.toFixed(2),
    perCpuSecond: Math.round(delivered / cpu),
    rssMb: Math.round(statusKb('VmRSS') / 1024)
  })
)
process.exit(0)
