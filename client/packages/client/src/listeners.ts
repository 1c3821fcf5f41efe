/** Listeners of one event. A failing listener is reported, and the others are called. */
export class Listeners<E> {
  readonly #all = new Set<(event: E) => void>();

  add(listener: (event: E) => void): () => void {
    const own = (event: E) => listener(event);
    this.#all.add(own);
    return () => this.#all.delete(own);
  }

  tell(event: E): void {
    for (const listener of [...this.#all]) {
      try {
        listener(event);
      } catch (failure) {
        queueMicrotask(() => {
          throw failure;
        });
      }
    }
  }
}

/** A promise with its resolver. */
export class Deferred<T> {
  readonly promise: Promise<T>;
  resolve!: (value: T) => void;

  constructor() {
    this.promise = new Promise((resolve) => (this.resolve = resolve));
  }
}
