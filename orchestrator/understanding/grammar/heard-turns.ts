import { createHash } from 'node:crypto';
import type { Grammar } from './grammar.ts';
import type { Heard, Reading, Turn } from './heard.ts';
import { readTurn } from './read-turn.ts';

/** Each request brings its whole conversation; so many turns are remembered, of all conversations. */
const most = 1000;

/** Reads the turns of one conversation in their order; each goes by those before it. */
export interface Hearing {
  /** What a turn says; `listed` and `before` follow from the turns that were read before. */
  next(turn: Turn, listed: Pick<Reading, 'shown' | 'spoken' | 'wished'>, before: Heard | undefined): Heard;
}

/**
 * Remembers what turns were heard to say, so that an answer reads only what is new of its conversation. What is
 * remembered must not be changed; texts are known by their hash alone.
 */
export function createHearings(grammar: Grammar): () => Hearing {
  const known = new Map<string, Heard>();
  return () => {
    let said = '';
    return {
      next(turn, listed, before) {
        const key = hashOf(said, turn.text);
        said = hashOf(key, [turn.shown, turn.removed]);
        const heard = known.get(key) ?? readTurn(turn, listed, grammar, before);
        if (known.size >= most) known.clear();
        known.set(key, heard);
        return heard;
      },
    };
  };
}

const hashOf = (before: string, said: unknown) =>
  createHash('sha256').update(before).update(JSON.stringify(said)).digest('base64');
