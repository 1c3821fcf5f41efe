import type { Credentials } from './credentials.js';
import { isSeq } from './frames.js';
import type { Environment, Issue, Reason } from './types.js';

/** A request without an answer for this long counts as lost. The mutation id makes a repeat safe. */
const ANSWER_MILLIS_MAX = 10_000;

/**
 * `refused` is final. `unauthorized`: the caller needs other credentials. `failed` may be tried again: no connection, an
 * overloaded server, or something in between that is not the application.
 */
export type Answer =
  | { kind: 'answered'; body: any; seq: number | undefined }
  | ({ kind: 'refused'; status: number; issues: Issue[] } & Reason)
  | ({ kind: 'unauthorized' } & Reason)
  | ({ kind: 'failed' } & Reason);

/** Refusals that a repeat may turn into success. */
const RETRYABLE_STATUSES = new Set([408, 425, 429]);

/** HTTP requests to one application, with the caller's credentials. */
export class Requests {
  constructor(
    private readonly environment: Environment,
    private readonly base: URL,
    private readonly credentials: Credentials,
  ) {}

  /** Sends a request; after a 401 once more, if there is a newer token. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    let answer: Answer;
    let token: string | undefined;
    try {
      token = await this.credentials.token();
      answer = await this.#attempt(method, path, body, token);
      if (answer.kind === 'unauthorized' && (await this.credentials.replace(token))) {
        answer = await this.#attempt(method, path, body, await this.credentials.token());
      }
    } catch (failure) {
      return { kind: 'failed', code: 'TOKEN', message: `There is no token: ${messageOf(failure)}` };
    }
    return answer;
  }

  async #attempt(method: string, path: string, body: unknown, token: string | undefined): Promise<Answer> {
    const late = new AbortController();
    const timer = this.environment.setTimeout(() => late.abort(), ANSWER_MILLIS_MAX);
    const headers: Record<string, string> = {};
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
    try {
      const response = await this.environment.fetch(new URL(path, this.base), {
        method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        cache: 'no-store', // a cached list would have an old position
        credentials: this.credentials.options.cookies ? 'include' : 'same-origin',
        signal: late.signal,
      });
      const text = await response.text();
      if (response.ok) {
        const seq = Number(response.headers.get('lockstep-seq') ?? NaN);
        return { kind: 'answered', body: JSON.parse(text), seq: isSeq(seq) ? seq : undefined };
      }
      return refusalOf(response.status, text);
    } catch (failure) {
      return late.signal.aborted
        ? { kind: 'failed', code: 'TIMEOUT', message: 'The server did not answer in time.' }
        : { kind: 'failed', code: 'NETWORK', message: `The server cannot be reached: ${messageOf(failure)}` };
    } finally {
      this.environment.clearTimeout(timer);
    }
  }
}

/** Without the server's own form of a refusal, the answer is of something in between, and may change. */
function refusalOf(status: number, text: string): Answer {
  let error: any;
  try {
    error = JSON.parse(text).error;
  } catch {
    // not JSON
  }
  const code = String(error?.code ?? `HTTP_${status}`);
  const message = String(error?.message ?? `The server answered with the status ${status}.`);
  if (status === 401) return { kind: 'unauthorized', code, message };
  const isFinal = status >= 400 && status < 500 && !RETRYABLE_STATUSES.has(status) && error?.message !== undefined;
  if (!isFinal) return { kind: 'failed', code, message };
  const issues = Array.isArray(error.issues) ? error.issues : [];
  return { kind: 'refused', status, code, message, issues };
}

export function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
