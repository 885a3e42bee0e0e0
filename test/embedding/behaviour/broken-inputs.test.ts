import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import {
  loadBehaviourEncoder,
  saveBehaviourEncoder,
} from '../../../orchestrator/embedding/behaviour/behaviour-files.ts';
import { behaviourSettings } from '../../../orchestrator/embedding/behaviour/settings.ts';
import { trainBehaviourEncoder } from '../../../orchestrator/embedding/behaviour/train-behaviour-encoder.ts';
import type { BehaviourOptions } from '../../../orchestrator/embedding/behaviour/types.ts';
import { UserError } from '../../../orchestrator/shared/errors.ts';
import { silentReporter } from '../../../orchestrator/shared/reporter.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { circle, datasetOf, tiny } from './fixtures.ts';

const train = (change: Partial<BehaviourOptions>, users = circle()) =>
  trainBehaviourEncoder({ ...tiny, epochs: 1, ...change }, datasetOf(users, 12), silentReporter);

interface Expected {
  code: string;
  says: RegExp;
  place?: RegExp;
}

async function refuses(t: ExecutionContext, work: () => Promise<unknown>, { code, says, place }: Expected) {
  const error = await t.throwsAsync(work, { instanceOf: UserError });
  const { code: got, message, remedy, place: where } = error as UserError;
  t.is(got, code);
  t.regex(message, says);
  t.truthy(remedy);
  if (place) t.regex(where ?? '', place);
}

test('heads that do not divide the width are refused', (t) =>
  refuses(t, () => train({ hidden_size: 15 }), {
    code: 'embedding/options',
    says: /2 heads do not divide hidden_size 15/,
    place: /embedding\.behaviour/,
  }));

test('settings out of their range are named together', (t) => {
  const wrong = { dropout: 1, learning_rate: 0, epochs: 0 };
  const { error } = behaviourSettings.safeParse(wrong);
  t.deepEqual(error?.issues.map(({ path }) => path.join('.')).sort(), Object.keys(wrong).sort());
});

test('heads of odd width are refused', (t) =>
  refuses(t, () => train({ hidden_size: 6, num_heads: 2 }), {
    code: 'embedding/options',
    says: /even, got 6 \/ 2 = 3/,
  }));

test('an unknown encoder is refused with the known ones', (t) =>
  refuses(t, () => train({ encoder: 'gru4rec' as never }), {
    code: 'embedding/unknown-encoder',
    says: /"gru4rec"; expected sasrec or din/,
  }));

test('data without any training pair are refused', async (t) => {
  const expected = { code: 'embedding/no-training-data', says: /at least 2 training interactions/ };
  await refuses(t, () => train({}, []), expected);
  await refuses(t, () => train({}, [[1, 2, 3]]), expected);
  await refuses(t, () => train({ encoder: 'din' }, [[1, 2, 3]]), expected);
});

test('a loss that is no number stops the training', (t) =>
  refuses(t, () => train({ learning_rate: 1e30, epochs: 3 }), {
    code: 'embedding/diverged',
    says: /epoch/,
    place: /learning_rate/,
  }));

test('a state that was cut off on disk is refused', async (t) => {
  const folder = temporaryFolder(t);
  await (await train({ checkpointFolder: folder })).dispose();
  const path = join(folder, 'behaviour-training.safetensors');
  writeFileSync(path, readFileSync(path).subarray(0, 5000));
  await refuses(t, () => train({ checkpointFolder: folder }), {
    code: 'safetensors/broken',
    says: /./,
    place: /behaviour-training/,
  });
});

test('a state of other settings is left aside with a note', async (t) => {
  const checkpointFolder = temporaryFolder(t);
  await (await train({ checkpointFolder })).dispose();
  const notes: string[] = [];
  const options = { ...tiny, epochs: 1, seed: 5, checkpointFolder };
  const encoder = await trainBehaviourEncoder(options, datasetOf(circle(), 12), (message) => {
    if (message.type === 'note') notes.push(message.text);
  });
  t.regex(notes.join(), /other settings/);
  const fresh = await train({ seed: 5 });
  t.deepEqual(encoder.embedding, fresh.embedding);
  await encoder.dispose();
  await fresh.dispose();
});

for (const encoder of ['sasrec', 'din'] as const)
  test(`${encoder}: an encoder is the same after it was saved and loaded`, async (t) => {
    const folder = temporaryFolder(t);
    const trained = await train({ encoder, negatives: 4 });
    saveBehaviourEncoder(folder, trained);
    const loaded = await loadBehaviourEncoder(folder, { threads: 1 });
    const histories = [Int32Array.of(1, 2), Int32Array.of(5)];
    t.deepEqual(await loaded.score(histories), await trained.score(histories));
    t.deepEqual(loaded.embedding, trained.embedding);
    t.deepEqual(loaded.validation, trained.validation);
    await loaded.dispose();
    await trained.dispose();
  });

test('saved files that are missing, broken or do not belong together are refused', async (t) => {
  const folder = temporaryFolder(t);
  const trained = await train({});
  saveBehaviourEncoder(folder, trained);
  await trained.dispose();
  const config = join(folder, 'behaviour.json');
  const text = readFileSync(config, 'utf8');
  const load = () => loadBehaviourEncoder(folder);
  writeFileSync(config, text.replace('"items": 12', '"items": 13'));
  await refuses(t, load, {
    code: 'embedding/weights-do-not-fit',
    says: /"item_embedding" should be float32 \[13,16\], is \[12,16\]/,
    place: /behaviour\.safetensors/,
  });
  writeFileSync(config, text.replace('sasrec', 'gru'));
  await refuses(t, load, { code: 'embedding/broken-config', says: /encoder/, place: /behaviour\.json/ });
  writeFileSync(config, text.slice(0, 40));
  await refuses(t, load, { code: 'file/not-json', says: /JSON/, place: /behaviour\.json/ });
  rmSync(config);
  await refuses(t, load, { code: 'file/unreadable', says: /missing/, place: /behaviour\.json/ });
  writeFileSync(config, text);
  rmSync(join(folder, 'behaviour.safetensors'));
  await refuses(t, load, { code: 'safetensors/unreadable', says: /./, place: /behaviour\.safetensors/ });
});
