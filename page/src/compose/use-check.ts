import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CheckAnswer } from '../../../orchestrator/server/page/wire.ts';
import { ownFailure, returns } from '../api/reach.ts';
import { postJson } from '../api/request.ts';

export interface Checked {
  /** The text that was checked: an older one while the answer is on its way. */
  text: string | null;
  answer: CheckAnswer | null;
  /** What the form shows as inherited: the recipe with its defaults, or where it has problems, what is written. */
  recipe: Record<string, unknown> | null;
  error: string | null;
}

const pauseMilliseconds = 300;

function writtenIn({ written }: CheckAnswer): Record<string, unknown> | null {
  return written !== null && typeof written === 'object' ? (written as Record<string, unknown>) : null;
}

/** What the resolver says to a text, a moment after it was last changed. */
export function useCheck(text: string): Signal<Checked> {
  const checked = useSignal<Checked>({ text: null, answer: null, recipe: null, error: null });
  useEffect(() => {
    const leave = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await postJson<CheckAnswer>('page/recipes/check', { text }, leave.signal);
        checked.value = {
          text,
          answer,
          recipe: answer.recipe ?? writtenIn(answer) ?? checked.value.recipe,
          error: null,
        };
      } catch (error) {
        if (leave.signal.aborted) return;
        checked.value = { ...checked.value, error: ownFailure(error as Error)?.message ?? null };
      }
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [text, returns.value, checked]);
  return checked;
}
