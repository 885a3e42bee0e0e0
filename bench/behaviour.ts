/**
 * Encoders of behaviour on a made-up catalogue of Amazon Beauty's size: processor time of training, for 1,000 targets,
 * and of scoring all items, for one user. Processor time, not that of the clock: a busy machine changes it little.
 *
 *   npm run bench -- behaviour
 *   npm run bench -- behaviour --case din
 */
import { parseArgs } from 'node:util';
import { createModel } from '../orchestrator/embedding/behaviour/create-model.ts';
import type {
  BehaviourModel,
  BehaviourSizes,
  TrainingWindow,
} from '../orchestrator/embedding/behaviour/types.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { type Figures, rounded, runCases, show } from './support/cases.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    users: { type: 'string', default: '1000' },
    json: { type: 'boolean', default: false },
  },
});

const items = 12_101;
const sizes = { items, numLayers: 2, numHeads: 2, maxLength: 20, temperature: 0, windows: [] };
/** As in recipes/beauty.yaml, din.yaml and rpg.yaml. */
const encoders: Record<string, BehaviourSizes> = {
  sasrec: { ...sizes, encoder: 'sasrec', hiddenSize: 256, temperature: 0.07 },
  din: { ...sizes, encoder: 'din', hiddenSize: 96, maxLength: 19, windows: [1, 1, 1, 1, 1, 1, 2, 2, 4, 5] },
  rpg: { ...sizes, encoder: 'rpg', hiddenSize: 128, temperature: 0.03, digits: 32, digitValues: 256 },
};

const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: ['--users', flags.users],
  cases: Object.fromEntries(Object.entries(encoders).map(([name, own]) => [name, () => measure(own)])),
});
if (rows) show(rows, flags.json);

async function measure(own: BehaviourSizes): Promise<Figures> {
  const random = createRandom(1, 'digits');
  const codes = Int32Array.from({ length: items * (own.digits ?? 0) }, () =>
    random.integer(own.digitValues ?? 1),
  );
  const options = { seed: 1, dropout: 0.1, batch_size: 128, negatives: 60, codes };
  const model = createModel(own, options, { threads: 1 });
  const { events, windows } = madeUpLog(Number(flags.users));
  return {
    training_cpu_s_for_1000_targets: rounded(await trainingTime(model, events, windows)),
    scoring_cpu_ms_for_a_user: rounded(await scoringTime(model, events, windows)),
  };
}

async function trainingTime(
  model: BehaviourModel,
  events: Int32Array,
  windows: readonly TrainingWindow[],
): Promise<number> {
  const trainer = await model.prepareTraining(events, windows);
  const random = createRandom(1, 'steps');
  const batches = trainer.planEpoch(random);
  // Compiled, and its memory found.
  await trainer.step(batches[0], random);
  let targets = 0;
  const seconds = await processorSeconds(async () => {
    for (const batch of batches) {
      await trainer.step(batch, random);
      targets += trainer.targetsOf(batch);
    }
  });
  await trainer.dispose();
  return (1000 * seconds) / targets;
}

async function scoringTime(
  model: BehaviourModel,
  events: Int32Array,
  windows: readonly TrainingWindow[],
): Promise<number> {
  const scorer = await model.prepareScoring();
  const { chunk } = scorer;
  const histories = windows
    .slice(0, chunk * Math.ceil(160 / chunk))
    .map(({ start, length }) => events.subarray(start, start + length));
  const into = new Float32Array(chunk * items);
  const score = async (from: number) => {
    const some = histories.slice(from, from + chunk);
    await scorer.score(some, into.subarray(0, some.length * items));
  };
  await score(0);
  const seconds = await processorSeconds(async () => {
    for (let from = 0; from < histories.length; from += chunk) await score(from);
  });
  await scorer.dispose();
  return (1000 * seconds) / histories.length;
}

async function processorSeconds(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Half of the users have three items to train on, the others up to 20, as in a 5-core whose last two are held out. */
function madeUpLog(users: number): { events: Int32Array; windows: TrainingWindow[] } {
  const random = createRandom(1, 'log');
  const windows: TrainingWindow[] = [];
  let start = 0;
  for (let user = 0; user < users; user++) {
    const length = user % 2 === 0 ? 3 : 4 + random.integer(17);
    windows.push({ start, length });
    start += length;
  }
  return { events: Int32Array.from({ length: start }, () => random.integer(items)), windows };
}
