import type { OpenRun } from '../serving/index.ts';
import { say } from './print.ts';

/** What whoever opens a run should know: that texts leave this process, and that lists are not yet what they will be. */
export function tellOpened({
  name,
  languageModel,
  rankerMissing,
}: Pick<OpenRun, 'name' | 'languageModel' | 'rankerMissing'>): void {
  if (languageModel !== null)
    say(`Texts of conversations are sent to the language model at ${languageModel} (chat.language_model).`);
  if (rankerMissing)
    say(
      `Lists of ${name} are the model's alone: how they are ranked anew (decoding.fusion) is learned in the evaluation, which is not finished.`,
    );
}
