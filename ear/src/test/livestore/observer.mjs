// A live pull that lasts as long as a test, over reconnections.

import assert from 'node:assert/strict';
import { RawClient } from './raw.mjs';
import { endpoint } from './server.mjs';

const RECONNECT_MILLIS = 100;

/** All events of a store as they arrive, each exactly once and in order. */
export class Observer {
  log = [];

  #backendId;
  #client;
  #closed = false;
  #observing;

  constructor(store, payload) {
    this.store = store;
    this.#observing = this.#observe(endpoint(store, 'ws', payload));
    this.#observing.catch(() => {});
  }

  get head() {
    return this.log.at(-1)?.seqNum ?? 0;
  }

  async #observe(url) {
    while (!this.#closed) {
      try {
        this.#client = await RawClient.open(url, this.store);
      } catch {
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MILLIS));
        continue;
      }
      const pull = this.#client.pull({
        live: true,
        after: this.#backendId && this.head,
        backendId: this.#backendId,
        onPage: ({ batch, backendId }) => {
          this.#backendId = backendId;
          this.log.push(...batch.map(({ eventEncoded }) => eventEncoded));
        },
      });
      const exit = await pull.exit;
      assert.equal(exit._tag, 'Closed', `the pull of the observer ended: ${JSON.stringify(exit)}`);
    }
  }

  /** Fails if a pull has ended otherwise than by its socket. */
  async close() {
    this.#closed = true;
    this.#client?.close();
    await this.#observing;
  }
}
