import type { PromptArtefacts } from '../opened-run/artefacts.ts';
import { recommendationPrompt } from '../prompts/inference-prompts.ts';

/** A question to the model, as it was trained to be asked. */
export interface ExamplePrompt {
  /** null where no text gives these ids. */
  text: string | null;
  /** Of the whole, the token that opens a text included. */
  ids: number[];
  titles: string[];
}

const itemsShown = 3;

/** The prompt for the first items of the catalogue's first user. */
export function examplePrompt({ dataset, prompts, vocabulary }: PromptArtefacts): ExamplePrompt {
  const history = dataset.events.subarray(0, Math.min(itemsShown, dataset.offsets[1]));
  const ids = [...recommendationPrompt(prompts, history)];
  const bos = vocabulary.bosTokenId !== null && ids[0] === vocabulary.bosTokenId ? 1 : 0;
  const text = vocabulary.decode(ids.slice(bos));
  const same = vocabulary.encode(text).join() === ids.slice(bos).join();
  return { text: same ? text : null, ids, titles: Array.from(history, (item) => dataset.items[item].title) };
}
