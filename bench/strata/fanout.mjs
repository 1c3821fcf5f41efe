// From one writer to many sockets. A mark in the row says when it was sent; who hears it and who sends it share a clock.
import { quantile, sleep } from './measuring.mjs'

const MARK = '@T'
const MARK_LENGTH = 20
const OPENED_AT_ONCE = 50

/** Once nothing came for this long, what is missing is lost. */
const SILENCE_MS = 5000

export const mark = () => MARK + performance.now().toFixed(3).padStart(MARK_LENGTH - MARK.length, ' ')

/** The same text with a mark of now. */
export function markedAnew(text) {
  const at = text.indexOf(MARK)
  return text.slice(0, at) + mark() + text.slice(at + MARK_LENGTH)
}

/** So many open sockets, and what they heard. */
export class Audience {
  sockets = []
  delivered = 0
  latencies = []
  lastAt = 0

  /** The first frame that was heard. */
  frame = ''

  /** `open` takes what hears a socket's frames, and resolves to the socket. */
  async gather(subscribers, open) {
    while (this.sockets.length < subscribers) {
      const some = Array.from({ length: Math.min(OPENED_AT_ONCE, subscribers - this.sockets.length) }, () => open(this.hear))
      this.sockets.push(...(await Promise.all(some)))
    }
  }

  hear = (bytes) => {
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK_LENGTH)) {
      this.lastAt = performance.now()
      this.delivered++
      this.latencies.push(this.lastAt - parseFloat(bytes.toString('latin1', at + MARK.length, at + MARK_LENGTH)))
      this.frame ||= bytes.toString()
    }
  }

  forget() {
    this.delivered = 0
    this.latencies = []
    this.lastAt = performance.now()
  }

  leave() {
    this.sockets.forEach((socket) => socket.terminate())
  }
}

/** Waits until `count` says as many as were expected, or says the same for too long. */
export async function allOrSilence(expected, count) {
  let [seen, at] = [count(), performance.now()]
  while (seen < expected && performance.now() - at < SILENCE_MS) {
    await sleep(20)
    if (count() !== seen) [seen, at] = [count(), performance.now()]
  }
}

/** So many a second at their times, whatever the answers take. `send` resolves to how many were accepted. */
export async function paced(audience, perSecond, secs, send) {
  let warming = 0
  for (let i = 0; i < perSecond; i++) warming += await send()
  await allOrSilence(warming * audience.sockets.length, () => audience.delivered)
  audience.forget()
  const began = performance.now()
  const sent = []
  while (sent.length < perSecond * secs) {
    await sleep(began + (sent.length * 1000) / perSecond - performance.now())
    sent.push(send())
  }
  const accepted = (await Promise.all(sent)).reduce((sum, count) => sum + count, 0)
  return heard(audience, accepted, began)
}

/** As many as writers can that wait for their answers; `send` as before. */
export async function saturated(audience, writers, secs, send) {
  audience.forget()
  const began = performance.now()
  let sent = 0
  const write = async () => {
    while (performance.now() < began + secs * 1000) {
      const accepted = await send()
      sent += accepted
    }
  }
  await Promise.all(Array.from({ length: writers }, write))
  return heard(audience, sent, began)
}

async function heard(audience, sent, began) {
  const expected = sent * audience.sockets.length
  await allOrSilence(expected, () => audience.delivered)
  const { delivered, latencies, lastAt } = audience
  const rate = (delivered / (lastAt - began)) * 1000
  return { rate, sent, delivered, lost: expected - delivered, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) }
}
