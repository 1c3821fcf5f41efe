// Rates, quantiles, and how long to warm up.
import os from 'node:os'

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

export const whole = (number) => Math.round(number).toLocaleString('en')

export function quantile(values, share) {
  const sorted = Float64Array.from(values).sort()
  return sorted.length ? +sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(2) : NaN
}

/** Measures so often and takes the one in the middle by `rate`; nothing, of what cannot be measured. */
export async function median(times, measure) {
  const each = []
  while (each.length < times) {
    const figures = await measure()
    if (!figures) return undefined
    each.push(figures)
  }
  return each.sort((a, b) => a.rate - b.rate)[times >> 1]
}

/** Tells on stderr what was measured, with the load of the machine. */
export function tell(column, what, figures) {
  console.error(JSON.stringify({ column, what, ...figures, load: +os.loadavg()[0].toFixed(1) }))
}

/** A window of warming up: the rate of one is compared with the best before it. */
const WINDOW_SECS = 10

/** A server that gained no more than this in a window is warm. */
const STILL_RISING = 1.05

/** Loads until it gets no faster, and for `secsMax` at most. `load` takes seconds and resolves to a rate. */
export async function warmUp(secsMax, load) {
  const rates = []
  let best = 0
  for (let left = secsMax; left > 0; left -= WINDOW_SECS) {
    const rate = await load(Math.min(WINDOW_SECS, left))
    rates.push(Math.round(rate))
    if (rate <= best * STILL_RISING) break
    best = Math.max(best, rate)
  }
  return rates
}

/** Repeats what takes shorter than the time there is; resolves to the rate of all of it. */
export async function repeated(secs, measure) {
  const began = performance.now()
  let count = 0
  while (performance.now() < began + secs * 1000) count += (await measure()).count
  return (count / (performance.now() - began)) * 1000
}
