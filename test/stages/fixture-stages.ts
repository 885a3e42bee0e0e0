import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../orchestrator/shared/errors.ts';
import { defineStage } from '../../orchestrator/stages/define-stage.ts';
import { writeFileAtomic } from '../../orchestrator/storage/atomic-file.ts';
import { writeJson } from '../../orchestrator/storage/json-file.ts';

/**
 * Three tiny stages that run in real processes. The first writes the seed, the second counts up to `num_beams` on
 * it, one step each 20 ms with a checkpoint, the third does what the recipe's name asks for.
 */
export const stages = [
  defineStage({
    name: 'dataset',
    version: 1,
    sections: ({ dataset }) => dataset,
    inputs: [],
    inputFiles: ({ dataset }) => [dataset.path],
    run: async ({ recipe, folder, report }) => {
      report({ type: 'note', text: 'hello from the child' });
      console.log('a library that talks');
      writeJson(join(folder, 'seed.json'), recipe.seed);
      return { seed: recipe.seed, broken: Number.NaN, pid: process.pid };
    },
  }),
  defineStage({
    name: 'embedding',
    version: 1,
    sections: ({ decoding }) => decoding,
    inputs: ['dataset'],
    run: async ({ recipe, folder, inputFolder, report, signal }) => {
      const checkpoint = join(folder, 'checkpoint.json');
      const total = recipe.decoding.num_beams;
      const start = existsSync(checkpoint) ? JSON.parse(readFileSync(checkpoint, 'utf8')) : null;
      let sum: number =
        start?.sum ?? JSON.parse(readFileSync(join(inputFolder('dataset'), 'seed.json'), 'utf8'));
      if (start) report({ type: 'note', text: `goes on at ${start.step}` });
      for (let step: number = start?.step ?? 0; step < total; step++) {
        signal.throwIfAborted();
        await sleep(20);
        sum = (sum * 31 + step) % 1_000_003;
        writeJson(checkpoint, { step: step + 1, sum });
        report({ type: 'progress', label: 'counting', done: step + 1, total });
      }
      writeFileAtomic(join(folder, 'parts/sum.txt'), String(sum));
      return { sum };
    },
  }),
  defineStage({
    name: 'item-index',
    version: 1,
    sections: ({ name }) => name,
    inputs: ['embedding'],
    run: async ({ recipe, folder }) => {
      // A run of a sweep is called after its variant: `own.bug.s1`.
      switch (/\.(.+)\.s\d+$/.exec(recipe.name)?.[1] ?? recipe.name) {
        case 'user-error':
          throw new UserError('fixture/wrong', 'the data is wrong', {
            place: 'data.csv:3',
            remedy: 'Mend it.',
          });
        case 'bug':
          throw new TypeError('undefined is not a fish', { cause: new Error('a deeper reason') });
        case 'exit':
          process.stderr.write('last words of the child\n');
          return process.exit(3);
        case 'killed':
          process.kill(process.pid, 'SIGKILL');
          return await new Promise(() => {});
        case 'out-of-memory':
          process.stderr.write(
            'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n',
          );
          return process.abort();
        case 'deaf':
          for (;;) await sleep(1000);
        default:
          writeJson(join(folder, 'done.json'), recipe.name);
          return { done: 1 };
      }
    },
  }),
];

export const stagesModule = import.meta.url;
