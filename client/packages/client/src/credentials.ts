import type { ClientOptions, Environment } from './types.js';

/** A token is renewed this long before it expires. */
const MARGIN_MILLIS = 60_000;
const RENEWAL_MILLIS_MIN = 30_000;
const RENEWAL_MILLIS_MAX = 24 * 3_600_000;

/** The caller's token: asked for once, again before it expires, and again after the server has refused it. */
export class Credentials {
  #current: Promise<string> | undefined;
  #source: ClientOptions['token'];
  #timer: unknown;
  /** Called with each newer token. */
  onRenewed: (token: string) => void = () => {};

  constructor(
    private readonly environment: Environment,
    readonly options: Pick<ClientOptions, 'token' | 'ticket' | 'cookies' | 'user'>,
  ) {
    this.#source = options.token;
  }

  get hasToken(): boolean {
    return this.#source !== undefined;
  }

  /** The current token; undefined without one. Rejects as the application's function does. */
  async token(): Promise<string | undefined> {
    if (this.#source === undefined) return undefined;
    this.#current ??= this.#ask(this.#source);
    return this.#current;
  }

  #ask(source: NonNullable<ClientOptions['token']>): Promise<string> {
    const asked = Promise.resolve(typeof source === 'string' ? source : source());
    asked.then(
      (token) => this.#current === asked && this.#scheduleRenewal(token),
      () => this.#current === asked && (this.#current = undefined),
    );
    return asked;
  }

  /** The server refused the token. Returns whether there is a different one. */
  async replace(refused: string | undefined): Promise<boolean> {
    if (this.#source === undefined) return false;
    const known = await this.token();
    if (known !== refused) return true;
    if (typeof this.#source === 'string') return false;
    this.#current = undefined;
    return (await this.token()) !== refused;
  }

  set(token: string): void {
    if (typeof this.#source !== 'function') this.#source = token;
    this.#current = Promise.resolve(token);
    this.#scheduleRenewal(token);
    this.onRenewed(token);
  }

  /** The name under which the browser keeps the caller's data; undefined if it may not. */
  async user(): Promise<string | undefined> {
    const { user, cookies, ticket } = this.options;
    if (user !== undefined) return `user ${user}`;
    if (this.#source !== undefined) {
      const subject = claims(await this.token())?.sub;
      return typeof subject === 'string' ? `user ${subject}` : undefined;
    }
    return cookies || ticket ? undefined : 'anonymous';
  }

  close(): void {
    this.environment.clearTimeout(this.#timer);
  }

  #scheduleRenewal(token: string): void {
    this.environment.clearTimeout(this.#timer);
    const source = this.#source;
    const { iat, exp } = claims(token) ?? {};
    if (typeof source !== 'function' || typeof exp !== 'number') return;
    const now = this.environment.now();
    const clockFits = now < exp * 1000 && (typeof iat !== 'number' || now >= iat * 1000 - MARGIN_MILLIS);
    const left = clockFits ? exp * 1000 - now : typeof iat === 'number' ? (exp - iat) * 1000 : 0;
    const pause = Math.min(Math.max(left - MARGIN_MILLIS, RENEWAL_MILLIS_MIN), RENEWAL_MILLIS_MAX);
    this.#timer = this.environment.setTimeout(() => void this.#renew(source, token), pause);
  }

  async #renew(source: () => string | Promise<string>, old: string): Promise<void> {
    const before = this.#current;
    try {
      const token = await source();
      if (this.#current === before && token !== old) this.set(token);
      else if (this.#current === before) this.#scheduleRenewal(token);
    } catch {
      this.#scheduleRenewal(old);
    }
  }
}

/** The claims of a token, unverified. */
function claims(token: string | undefined): Record<string, unknown> | undefined {
  try {
    const part = token!.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (character) => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
