import test from 'ava';
import { decodeTogether } from '../../orchestrator/serving/decode-together.ts';

/** A model that answers with the first token of each prompt, once the gate is opened. */
function slowModel() {
  const batches: number[] = [];
  const gates: (() => void)[] = [];
  return {
    batches,
    open: () => gates.shift()?.(),
    decode: async (prompts: readonly Int32Array[]) => {
      batches.push(prompts.length);
      await new Promise<void>((resolve) => gates.push(resolve));
      if (prompts.some(([token]) => token < 0)) throw new Error('a broken prompt');
      return prompts.map(([token]) => [{ items: [token], score: 0 }]);
    },
  };
}

const ask = (token: number, signal?: AbortSignal) => ({
  prompt: Int32Array.of(token),
  candidates: null,
  signal,
});
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what arrives while a batch is decoded goes into the next one, and each gets its own answer', async (t) => {
  const model = slowModel();
  const decoder = decodeTogether({ decode: model.decode, batch: 3, waiting: 10 });
  const first = decoder.decode(ask(1));
  await turn();
  const others = [2, 3, 4, 5].map((token) => decoder.decode(ask(token)));
  t.deepEqual(decoder.load(), { waiting: 4, decoding: 1 });
  for (let batch = 0; batch < 3; batch++) {
    model.open();
    await turn();
  }
  t.is((await first)[0].items[0], 1);
  t.deepEqual(
    (await Promise.all(others)).map(([{ items }]) => items[0]),
    [2, 3, 4, 5],
  );
  t.deepEqual(model.batches, [1, 3, 1]);
  await decoder.idle();
  t.deepEqual(decoder.load(), { waiting: 0, decoding: 0 });
});

test('requests of the same moment are one batch', async (t) => {
  const model = slowModel();
  const decoder = decodeTogether({ decode: model.decode, batch: 8, waiting: 10 });
  const asked = Promise.all([1, 2, 3].map((token) => decoder.decode(ask(token))));
  await turn();
  model.open();
  await asked;
  t.deepEqual(model.batches, [3]);
});

test('the queue is bounded: one request too many is refused at once and the others are answered', async (t) => {
  const model = slowModel();
  const decoder = decodeTogether({ decode: model.decode, batch: 1, waiting: 2 });
  const kept = [decoder.decode(ask(1))];
  await turn();
  kept.push(decoder.decode(ask(2)), decoder.decode(ask(3)));
  await t.throwsAsync(decoder.decode(ask(4)), { code: 'serving/busy' });
  for (let batch = 0; batch < 3; batch++) {
    model.open();
    await turn();
  }
  t.is((await Promise.all(kept)).length, 3);
});

test('an aborted request leaves the queue, so that its place is free and it is never decoded', async (t) => {
  const model = slowModel();
  const decoder = decodeTogether({ decode: model.decode, batch: 1, waiting: 1 });
  const first = decoder.decode(ask(1));
  await turn();
  const leaving = new AbortController();
  const aborted = decoder.decode(ask(2, leaving.signal));
  leaving.abort(new Error('hung up'));
  await t.throwsAsync(aborted, { message: 'hung up' });
  const next = decoder.decode(ask(3));
  model.open();
  await turn();
  model.open();
  await Promise.all([first, next]);
  t.deepEqual(model.batches, [1, 1]);
  await t.throwsAsync(decoder.decode(ask(4, AbortSignal.abort(new Error('too late')))), {
    message: 'too late',
  });
});

test('a batch that fails rejects its own requests, and the next one is decoded', async (t) => {
  const model = slowModel();
  const decoder = decodeTogether({ decode: model.decode, batch: 2, waiting: 10 });
  const broken = [decoder.decode(ask(-1)), decoder.decode(ask(1))];
  const fine = decoder.decode(ask(2));
  await turn();
  model.open();
  for (const each of broken) await t.throwsAsync(each, { message: 'a broken prompt' });
  await turn();
  model.open();
  t.is((await fine)[0].items[0], 2);
});
