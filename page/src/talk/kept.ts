import { isKept, isRecord, type Kept } from './kept-shape.ts';
import type { Turn } from './turn.ts';

/** To be raised with the shape of anything that is kept: what was kept by another is not read. */
const version = 1;
/** A tab may keep about five million characters in all; without its oldest turns a long conversation fits. */
const mostCharacters = 1_000_000;

/** As text, for a run; null where not even a conversation without turns fits. */
export function writeKept(kept: Kept, run: string): string | null {
  for (let first = 0; first <= kept.turns.length; first++) {
    const text = JSON.stringify({ version, run, ...kept, turns: kept.turns.slice(first) });
    if (text.length <= mostCharacters) return text;
  }
  return null;
}

/** Null for what is damaged, of another version or run, or not there. */
export function readKept(text: string | null, run: string): Kept | null {
  const found = parsed(text);
  if (!isRecord(found) || found.version !== version || found.run !== run || !isKept(found)) return null;
  const { began, history, likes, dislikes, removed, turns } = found;
  return { began, history, likes, dislikes, removed, turns: turns.map(cutShort) };
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}

/** Nobody waits any longer for what was being answered. */
function cutShort(turn: Turn): Turn {
  if (turn.state !== 'answering') return turn;
  return { ...turn, state: 'failed', error: 'The page was loaded anew before this was answered.' };
}
