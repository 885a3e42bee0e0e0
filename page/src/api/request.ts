import type { ErrorAnswer } from '../../../orchestrator/serving/contract/errors.ts';
import { reached } from './reach.ts';

/** An answer that is no success, in the server's own words. */
export class RequestError extends Error {
  readonly status: number;
  /** The server's name for it, as `runs/unknown`; null where it gives none. */
  readonly code: string | null;

  constructor(status: number, message: string, code: string | null = null) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
    this.code = code;
  }
}

const keyName = 'eager-llm-api-key';

/** The key of a server that asks for one: kept for this tab alone. */
export function keepApiKey(key: string): void {
  sessionStorage.setItem(keyName, key);
}

/** Whether requests send a key. */
export function hasKey(): boolean {
  return sessionStorage.getItem(keyName) !== null;
}

/** Fetches from our own server; throws a RequestError with words to be shown. */
export async function request(path: string, options: RequestInit = {}): Promise<Response> {
  const key = sessionStorage.getItem(keyName);
  const headers = { ...options.headers, ...(key ? { authorization: `Bearer ${key}` } : {}) };
  let response: Response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw noAnswer();
  }
  if (response.ok) {
    reached(response.status);
    return response;
  }
  throw await errorOf(response);
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await request(path, signal ? { signal } : {})).json();
}

export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await request(path, { ...jsonBody(body), ...(signal ? { signal } : {}) })).json();
}

export function jsonBody(body: unknown): RequestInit {
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** What stands before a server answers so in its place. */
const gatewayStatuses = [502, 503, 504];

async function errorOf(response: Response): Promise<RequestError> {
  const { status } = response;
  const answer: Partial<ErrorAnswer> = await response.json().catch(() => ({}));
  if (!answer.error && gatewayStatuses.includes(status)) return noAnswer();
  reached(status);
  return answer.error
    ? new RequestError(status, sentence(answer.error.message), answer.error.code)
    : new RequestError(status, `The server answered ${status}.`);
}

function noAnswer(): RequestError {
  reached(null);
  return new RequestError(0, 'The server does not answer.');
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
