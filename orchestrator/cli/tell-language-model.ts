import type { OpenRun } from '../serving/index.ts';
import { say } from './print.ts';

/** Whoever opens a run should know that what people write leaves this process. */
export function tellLanguageModel({ languageModel }: Pick<OpenRun, 'languageModel'>): void {
  if (languageModel !== null)
    say(`Texts of conversations are sent to the language model at ${languageModel} (chat.language_model).`);
}
