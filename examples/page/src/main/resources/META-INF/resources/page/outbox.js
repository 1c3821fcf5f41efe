import { backoffMillis, pause } from './backoff.js';

/** After this many consecutive 5xx answers to one mutation, the mutation is rolled back. */
const SERVER_FAILURES_MAX = 6;

/** Longest wait of a list for a request in doubt, before the list is read nevertheless. */
const DOUBT_MILLIS_MAX = 3_000;

/**
 * @typedef {import('./mutation.js').Mutation} Mutation
 * @typedef {{kind: 'applied', data: unknown} | {kind: 'dropped'} | {kind: 'abandoned', message: string}
 *   | {kind: 'refused', message: string, status: number, issues: import('./refusals.js').Issue[]}} Outcome `abandoned`:
 *   the server kept failing, so its effect is unknown. `dropped`: its rows were never inserted.
 * @typedef {ReturnType<typeof createOutbox>} Outbox
 */

/**
 * Pending mutations, oldest first. They are sent one at a time, so that changes of a row arrive in order; a repeat has
 * the same mutation id, so it takes effect once.
 *
 * @param {(mutation: Mutation) => Promise<import('./request.js').Answer> | null} send null drops the mutation
 * @param {(mutation: Mutation, outcome: Outcome) => void} onOutcome
 */
export function createOutbox(send, onOutcome) {
  const queue = [];
  let draining = false;
  let wakeUp = () => {};
  let released = Promise.resolve();

  async function drain() {
    if (draining) return;
    draining = true;
    while (queue.length > 0) await sendUntilAnswered(queue[0]);
    draining = false;
  }

  async function sendUntilAnswered(entry) {
    await untilReleased();
    for (let failures = 1; queue[0] === entry; failures++) {
      const sent = send(entry.mutation);
      if (sent === null) return conclude(entry, { kind: 'dropped' });
      entry.inDoubt = true;
      const answer = await Promise.race([sent, entry.outcome]);
      if (queue[0] !== entry) return; // the echo was faster than the answer
      if (answer.kind === 'unreachable') entry.serverFailures = 0;
      if (answer.kind === 'failed') entry.serverFailures += 1;
      const outcome = outcomeOf(answer, entry);
      if (outcome) return conclude(entry, outcome);
      await Promise.race([pause(backoffMillis(failures)), new Promise((resolve) => (wakeUp = resolve)), entry.outcome]);
    }
  }

  async function untilReleased() {
    let gate;
    do {
      gate = released;
      await gate;
    } while (gate !== released);
  }

  function conclude(entry, outcome) {
    queue.splice(queue.indexOf(entry), 1);
    onOutcome(entry.mutation, outcome);
    entry.resolve(outcome);
  }

  return {
    /**
     * @param {Mutation} mutation
     * @returns {Promise<Outcome>}
     */
    add(mutation) {
      const entry = { mutation, inDoubt: false, serverFailures: 0 };
      entry.outcome = new Promise((resolve) => (entry.resolve = resolve));
      queue.push(entry);
      void drain();
      return entry.outcome;
    },

    /** @returns {Mutation[]} */
    pending: () => queue.map((entry) => entry.mutation),

    /** The server is reachable again: the next attempt is made at once. */
    retryNow: () => wakeUp(),

    /**
     * The mutation came back as a broadcast, which counts as its answer.
     *
     * @param {Mutation} mutation
     * @param {unknown} data
     */
    echoed(mutation, data) {
      const entry = queue.find((waiting) => waiting.mutation === mutation);
      if (entry) conclude(entry, { kind: 'applied', data });
    },

    /**
     * Runs a read while no mutation is in doubt, and delays new ones until it is done. Otherwise a list could contain a
     * row before its own answer, and the row would be shown twice.
     *
     * @template T
     * @param {() => Promise<T>} read
     * @returns {Promise<T>}
     */
    async whileIdle(read) {
      let release;
      released = new Promise((resolve) => (release = resolve));
      try {
        const head = queue[0];
        if (head?.inDoubt) {
          wakeUp();
          await Promise.race([head.outcome, pause(DOUBT_MILLIS_MAX)]);
        }
        return await read();
      } finally {
        release();
      }
    },
  };
}

function outcomeOf(answer, { serverFailures }) {
  switch (answer.kind) {
    case 'answered':
      return { kind: 'applied', data: answer.body?.data };
    case 'refused':
      return answer;
    case 'failed':
      return serverFailures < SERVER_FAILURES_MAX ? null : { kind: 'abandoned', message: answer.message };
    case 'unreachable':
      return null;
  }
}
