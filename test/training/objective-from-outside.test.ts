import test from 'ava';
import { gatherRows, mul, sumAll } from '../../orchestrator/engine/functions.ts';
import { input } from '../../orchestrator/engine/graph.ts';
import { initialWeights } from '../../orchestrator/models/checkpoint.ts';
import { llama } from '../../orchestrator/models/llama/llama.ts';
import { fullModel } from '../../orchestrator/models/model-tensors.ts';
import { createMatrix } from '../../orchestrator/shared/matrix.ts';
import { silentReporter } from '../../orchestrator/shared/reporter.ts';
import { floatList, integerList } from '../../orchestrator/training/objectives/feeds.ts';
import type { ObjectiveKind } from '../../orchestrator/training/objectives/objective.ts';
import {
  heldOutObjectives,
  objectiveParameters,
  trainedObjectives,
  vectorSources,
} from '../../orchestrator/training/objectives/registry.ts';
import { trainingPart } from '../../orchestrator/training/settings.ts';
import { train } from '../../orchestrator/training/train.ts';
import { tinyConfig } from '../models/tiny-model.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wholeRow } from './whole-row.ts';

/** A whole objective, as a contributor would write it: states at the ends of items are drawn to zero. */
const calmEnds: ObjectiveKind = {
  prepare: ({ contrastive_weight: weight }) => ({
    name: 'calm-ends',
    parameters: [],
    readsWhole: true,
    places: ['calm/ends'],
    losses(_model, states) {
      const ends = gatherRows(states, input('calm/ends', ['C'], 'int64'), { distinct: true });
      return [sumAll(mul(mul(ends, ends), input('calm/weight', [1])))];
    },
    count: (examples) => examples.reduce((sum, { summaries }) => sum + summaries.length, 0),
    feeds: (batch, examples, total) => ({
      'calm/ends': integerList(
        examples.flatMap(({ summaries }, row) =>
          summaries.map(({ position }) => batch.behind(row, position)),
        ),
      ),
      'calm/weight': floatList([weight / total]),
    }),
  }),
  heldOut: () => null,
};

const part = trainingPart.parse({
  name: 'toy',
  tuning: 'full',
  tasks: { 'sequential-recommendation': 1 },
  contrastive_weight: 1,
});
const context = {
  digits: {
    levels: 0,
    events: 0,
    codeOf: never,
    codeTokens: [],
    digitAt: never,
    choices: never,
    choicesAt: never,
    children: never,
  },
  teacher: null,
  vectors: null,
  search: () => Promise.reject(new Error('nothing is searched')),
  hiddenSize: 16,
  seed: 1,
};
function never(): never {
  throw new Error('no digits are asked for');
}

test('what it trains beside the model, and which vectors it reads, a job asks of it', (t) => {
  const withTable: ObjectiveKind = {
    ...calmEnds,
    sources: () => ['semantic'],
    parameters: (_part, { vectors, hiddenSize }) => [
      {
        name: 'calm.semantic.weight',
        shape: [vectors.semantic.columns, hiddenSize],
        decay: true,
        initialise() {},
      },
    ],
  };
  const vectors = { semantic: createMatrix(3, 4) };
  const asked = (kinds: ObjectiveKind[]) => [
    vectorSources(part, kinds),
    objectiveParameters(part, { vectors, hiddenSize: 16, seed: 1 }, kinds).map(({ name, shape }) => [
      name,
      shape,
    ]),
  ];
  t.deepEqual(asked([calmEnds]), [[], []]);
  t.deepEqual(asked([calmEnds, withTable]), [['semantic'], [['calm.semantic.weight', [4, 16]]]]);
});

test('an objective from outside is summed with the next token, trained, and left out of held-out losses', async (t) => {
  const objectives = trainedObjectives(part, context, [calmEnds]);
  t.deepEqual(
    objectives.map(({ name }) => name),
    ['next-token', 'calm-ends'],
  );
  t.deepEqual(
    heldOutObjectives(part, context, [calmEnds]).map(({ name }) => name),
    ['next-token'],
  );
  const row = wholeRow([1, 2, 3, 4], [0, 1, 1, 1], [{ position: 3, item: 0 }]);
  const lossOf = async (epochs: number) => {
    const definition = llama(tinyConfig());
    const { lastLoss } = await train({
      model: fullModel(definition, initialWeights(definition, 1)),
      source: { maxLength: 4, rowsPerEpoch: 1, epoch: () => ({ length: 1, row: () => row }) },
      objectives,
      options: {
        ...part,
        epochs,
        learning_rate: 0.01,
        validate_every_epochs: 0,
        tuning: { kind: 'full' },
        seed: 1,
      },
      folder: temporaryFolder(t),
      validate: async () => ({ score: 0, figures: {} }),
      report: silentReporter,
    });
    return Number(lastLoss);
  };
  const [first, last] = [await lossOf(1), await lossOf(60)];
  // A state after its norm has 16 numbers of size 1: beside it the loss of tokens is about log 11.
  t.true(first > 16, `${first}`);
  t.true(last < 0.5 * first, `${first} to ${last}`);
});
