// Page after page of deltas, as a client catches up.
import { agentOf, page } from './protocol.mjs'

/** Reads from the beginning until there is no more, or as many as there should be; `keep` gets each page as it came. */
export async function readDeltas(base, caller, limit, most, keep = () => {}) {
  const agent = agentOf(1)
  const began = performance.now()
  let after = '0'
  let count = 0
  for (let more = true; more && count < most; ) {
    const answer = await page(agent, base, caller, after, limit)
    keep(after, answer)
    const { actions, hasMore, lastSyncId } = JSON.parse(answer.bytes)
    count += actions.length
    after = lastSyncId
    more = hasMore
  }
  const ms = performance.now() - began
  agent.destroy()
  return { rate: (count / ms) * 1000, count, missing: Math.max(0, most - count) }
}
