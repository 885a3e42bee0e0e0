import { z } from 'zod';
import { NoAnswer } from './no-answer.ts';

export interface Endpoint {
  /** Up to `/v1`. */
  url: string;
  key: string | null;
}

/** An answer of a few hundred words has a few thousand bytes. */
const mostBytes = 64 * 1024;

/** How servers say that they do not take the form of a question; llama-cpp-python answers with a 500. */
const dislikes = [400, 422, 500, 501];

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/**
 * One question to a server that speaks the protocol of OpenAI; the text of its answer. Throws a NoAnswer where there is
 * none, and whatever `signal` was aborted with, which ends the connection.
 */
export async function askEndpoint(
  { url, key }: Endpoint,
  question: object,
  signal: AbortSignal,
): Promise<string> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      },
      body: JSON.stringify(question),
      // Neither texts nor the key go anywhere but to the address that was named.
      redirect: 'error',
      signal,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new NoAnswer('refused', { disliked: dislikes.includes(response.status) });
    }
    return textOf(await readBounded(response));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof NoAnswer ? error : new NoAnswer('unreachable');
  }
}

async function readBounded({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) throw new NoAnswer('unreadable');
    text += decoder.decode(chunk, { stream: true });
  }
  return text;
}

function textOf(answer: string): string {
  let value: unknown;
  try {
    value = JSON.parse(answer);
  } catch {
    throw new NoAnswer('unreadable');
  }
  const parsed = completion.safeParse(value);
  if (!parsed.success) throw new NoAnswer('unreadable');
  return parsed.data.choices[0].message.content;
}
