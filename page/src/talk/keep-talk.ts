import { effect } from '@preact/signals';
import type { Model } from '../../../orchestrator/serving/contract/models.ts';
import { readKept, writeKept } from './kept.ts';
import { began, dislikes, history, likes, removed, turns } from './memory.ts';

const keptName = 'eager-llm-talk';
let isKeeping = false;

/** Takes up what this tab did with the run before it was loaded anew, and keeps from now on what it does: in the tab alone. */
export function keepTalk({ id, created }: Pick<Model, 'id' | 'created'>): void {
  // Once: what a server says of itself again changes nothing here.
  if (isKeeping) return;
  isKeeping = true;
  // Another training is another run: its items may be others.
  const run = `${id} ${created}`;
  const kept = readKept(sessionStorage.getItem(keptName), run);
  if (kept) {
    began.value = kept.began ?? undefined;
    history.value = kept.history;
    likes.value = kept.likes;
    dislikes.value = kept.dislikes;
    removed.value = kept.removed;
    turns.value = kept.turns;
  }
  effect(() => {
    const text = writeKept(
      {
        began: began.value ?? null,
        history: history.value,
        likes: likes.value,
        dislikes: dislikes.value,
        removed: removed.value,
        turns: turns.value,
      },
      run,
    );
    keepText(text);
  });
}

/** A browser that has no room left, or keeps nothing, takes nothing from what one does. */
function keepText(text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(keptName);
    else sessionStorage.setItem(keptName, text);
  } catch {
    sessionStorage.removeItem(keptName);
  }
}
