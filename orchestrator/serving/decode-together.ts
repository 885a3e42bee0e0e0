import type { Candidates } from '../decoding/candidates.ts';
import type { RankedCode } from '../evaluation/evaluate-lists.ts';
import { UserError } from '../shared/errors.ts';

/** One list of codes that a caller waits for. */
export interface DecodeRequest {
  prompt: Int32Array;
  /** The items that may come; null for all. */
  candidates: Candidates | null;
  /** What the prompt asks about and nothing else, oldest first; null for other prompts. */
  history?: Int32Array | null | undefined;
  /**
   * If aborted while waiting, a request leaves the queue; one that is being decoded is finished, but its result is
   * dropped.
   */
  signal?: AbortSignal | undefined;
  /** Belongs to the request before it, of the same answer: a full queue does not refuse it. */
  joins?: boolean | undefined;
}

export type Decode = (
  prompts: readonly Int32Array[],
  candidates: readonly (Candidates | null)[],
  histories: readonly (Int32Array | null)[],
) => Promise<RankedCode[][]>;

export interface DecodeTogetherOptions {
  decode: Decode;
  /** Maximum number of requests decoded together; 1 decodes one by one. */
  batch: number;
  /** Maximum number of waiting requests; any further one is refused with `serving/busy`. */
  waiting: number;
}

export interface TogetherDecoder {
  decode(request: DecodeRequest): Promise<RankedCode[]>;
  /** Requests that wait, and requests that are being decoded. */
  load(): { waiting: number; decoding: number };
  /** Resolves when nothing waits and nothing is decoded. */
  idle(): Promise<void>;
}

export const busyCode = 'serving/busy';

interface Waiting extends Pick<DecodeRequest, 'prompt' | 'candidates' | 'history'> {
  resolve(list: RankedCode[]): void;
  reject(reason: unknown): void;
}

/**
 * Batches concurrent requests: while one batch is decoded, requests gather for the next. A single request is decoded
 * right away, without waiting for others.
 */
export function decodeTogether({ decode, batch, waiting: most }: DecodeTogetherOptions): TogetherDecoder {
  const queue: Waiting[] = [];
  let decoding = 0;
  let running: Promise<void> | null = null;

  const work = async () => {
    // Requests of the same moment are still on their way to the queue.
    await Promise.resolve();
    while (queue.length > 0) {
      const taken = queue.splice(0, batch);
      decoding = taken.length;
      try {
        const lists = await decode(
          taken.map(({ prompt }) => prompt),
          taken.map(({ candidates }) => candidates),
          taken.map(({ history }) => history ?? null),
        );
        for (const [at, { resolve }] of taken.entries()) resolve(lists[at]);
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
      decoding = 0;
    }
    running = null;
  };

  return {
    decode: ({ prompt, candidates, history, signal, joins = false }) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        if (queue.length >= most && !joins)
          return reject(
            new UserError(busyCode, `${queue.length} requests are already waiting`, {
              remedy: 'Ask again in a second.',
            }),
          );
        const leave = () => {
          const place = queue.indexOf(request);
          if (place >= 0) queue.splice(place, 1);
          reject(signal?.reason);
        };
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            signal?.removeEventListener('abort', leave);
            settle(value);
          };
        const request: Waiting = {
          prompt,
          candidates,
          history,
          resolve: settled(resolve),
          reject: settled(reject),
        };
        queue.push(request);
        signal?.addEventListener('abort', leave);
        running ??= work();
      }),
    load: () => ({ waiting: queue.length, decoding }),
    idle: async () => {
      while (running) await running;
    },
  };
}
