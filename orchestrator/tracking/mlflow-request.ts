import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, UserError } from '../shared/errors.ts';

/** Asks an MLflow server: `path` behind its address, and JSON or bytes to send. Throws a UserError that names it. */
export type MlflowRequest = (
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object | Uint8Array,
) => Promise<Record<string, unknown>>;

const patience = 10_000;
/** A server that is busy, or begins a worker anew, drops connections: what may be asked twice is asked once more after so many milliseconds. */
const pause = 500;
const dropped = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const remedy =
  'Check the address and the server; what was not sent is sent by: npx eager-llm runs track RUN.';

/** The token is that of the environment, never of a recipe. */
export function mlflowAt(
  url: string,
  signal: AbortSignal,
  env: NodeJS.ProcessEnv = process.env,
): MlflowRequest {
  const base = url.replace(/\/+$/, '');
  const send = async (...[method, path, body]: Parameters<MlflowRequest>): Promise<Sent> => {
    const bytes = body instanceof Uint8Array;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        // The server may close a connection that is kept just while the next request goes into it.
        connection: 'close',
        ...authorisation(env),
        ...(body && !bytes ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: bytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body) } : {}),
      // Nobody else gets the token.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    return { response, text: await response.text() };
  };
  return async (method, path, body) => {
    let sent: Sent;
    try {
      sent = await send(method, path, body).catch(async (error) => {
        if (!dropped.has(reasonOf(error)) || makesAnother(path)) throw error;
        await sleep(pause, undefined, { signal });
        return send(method, path, body);
      });
    } catch (cause) {
      throw new UserError('tracking/unreachable', `MLflow does not answer: ${reasonOf(cause)}`, {
        place: base,
        remedy,
        cause,
      });
    }
    const { response, text } = sent;
    const answer = parsed(text);
    if (response.ok) return answer;
    throw new MlflowError(base, response.status, answer);
  };
}

interface Sent {
  response: Response;
  text: string;
}

/** Asked twice, it would be there twice; all else may be. */
const makesAnother = (path: string) => path.endsWith('/create');

/** What the server says of a request that it refuses; `errorCode` is its own. */
export class MlflowError extends UserError {
  readonly errorCode: string;

  constructor(place: string, status: number, { error_code, message }: Record<string, unknown>) {
    const said = typeof message === 'string' ? `: ${message.slice(0, 300)}` : '';
    super('tracking/refused', `MLflow answers ${status}${said}`, { place, remedy });
    this.errorCode = String(error_code ?? status);
  }
}

function authorisation(env: NodeJS.ProcessEnv): Record<string, string> {
  const {
    MLFLOW_TRACKING_TOKEN: token,
    MLFLOW_TRACKING_USERNAME: name,
    MLFLOW_TRACKING_PASSWORD: word,
  } = env;
  if (token) return { authorization: `Bearer ${token}` };
  if (!name) return {};
  return { authorization: `Basic ${Buffer.from(`${name}:${word ?? ''}`).toString('base64')}` };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: { code?: string } };
  return cause?.code ?? messageOf(error);
}
