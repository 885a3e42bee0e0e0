import test from 'ava';
import { temporaryFolder } from '../temporary-folder.ts';
import { smokeRecipe } from './eager-llm.ts';
import { killAndResume } from './kill-and-resume.ts';

// scripts/kill-test.ts does the same with any recipe and number of kills.
test('three SIGKILLs of the whole process group at random moments leave no trace', async (t) => {
  const folder = temporaryFolder(t);
  const say = (text: string) => t.log(text);
  const outcome = await killAndResume({ recipe: smokeRecipe, kills: 3, seed: 2, folder, say });
  t.deepEqual(outcome.problems, []);
  t.is(outcome.kills, 3);
});
