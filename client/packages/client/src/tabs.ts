import type { EndedMutation } from './keeper.js';
import type { Acceptance, StoredMutation } from './mutation.js';
import type { BroadcastChannelLike, Environment, Reason, Refusal } from './types.js';

/** The messages between tabs of one room and user. */
export type TabMessage =
  | { type: 'queued'; order: number; mutation: StoredMutation }
  | { type: 'sending'; mutationId: string; failure?: Reason | undefined }
  | { type: 'accepted'; mutationId: string; acceptance: Acceptance }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'ended'; mutations: readonly EndedMutation[] }
  | { type: 'wake' };

/** The tabs of one room and user. One of them leads: it sends mutations and keeps rows. */
export class Tabs {
  readonly #channel: BroadcastChannelLike | undefined;
  readonly #stop = new AbortController();
  #release = () => {};

  constructor(
    environment: Environment,
    name: string,
    onMessage: (message: TabMessage) => void,
    /** Called once, when this tab begins to lead. */
    onLead: () => void,
  ) {
    if (environment.BroadcastChannel) {
      this.#channel = new environment.BroadcastChannel(name);
      this.#channel.onmessage = ({ data }) => onMessage(data as TabMessage);
    }
    if (!environment.locks) {
      // Two tabs may send then. Mutation ids make that harmless.
      queueMicrotask(() => !this.#stop.signal.aborted && onLead());
      return;
    }
    const lead = () => {
      onLead();
      return new Promise<void>((resolve) => (this.#release = resolve));
    };
    environment.locks.request(name, { signal: this.#stop.signal }, lead).catch(() => {}); // closed before it could lead
  }

  tell(message: TabMessage): void {
    this.#channel?.postMessage(message);
  }

  close(): void {
    this.#stop.abort();
    this.#release();
    this.#channel?.close();
  }
}
