import test from 'ava';
import { type LlamaConfig, parseLlamaConfig } from '../../orchestrator/models/llama/config.ts';
import { ropeTables } from '../../orchestrator/models/llama/rope.ts';
import type { UserError } from '../../orchestrator/shared/errors.ts';
import { tinyConfig } from './tiny-model.ts';

/** Heads of 16: eight frequencies, so that each scaling has dimensions it keeps, blends and stretches. */
const headSize = 16;
const sizes = { hidden_size: 32, num_attention_heads: 2, max_position_embeddings: 64 };

/** The angle of each dimension for one position, read back from the tables. */
function angles(config: LlamaConfig, position: number, length = position + 1): number[] {
  const { cos, sin } = ropeTables(config, length);
  const half = headSize / 2;
  return Array.from({ length: half }, (_, at) =>
    Math.atan2(sin[position * half + at], cos[position * half + at]),
  );
}

function sameAngles(got: number[], expected: number[]): boolean {
  return got.every((angle, at) => {
    const gap = Math.abs(angle - expected[at]) % (2 * Math.PI);
    return Math.min(gap, 2 * Math.PI - gap) < 1e-4;
  });
}

/** theta^(-2i/d) by repeated multiplication with theta^(-2/d), unlike the code under test. */
function frequencies(theta: number): number[] {
  const ratio = Math.exp((-2 * Math.log(theta)) / headSize);
  const list = [1];
  while (list.length < headSize / 2) list.push(list[list.length - 1] * ratio);
  return list;
}

test('plain rotary positions turn dimension i by position * theta^(-2i/d)', (t) => {
  for (const theta of [10000, 500000])
    for (const position of [0, 1, 37]) {
      const expected = frequencies(theta).map((frequency) => position * frequency);
      t.true(sameAngles(angles(tinyConfig({ ...sizes, rope_theta: theta }), position), expected));
    }
});

test('linear scaling is the same as positions divided by the factor', (t) => {
  const scaled = tinyConfig({ ...sizes, rope_scaling: { rope_type: 'linear', factor: 4 } });
  t.true(sameAngles(angles(scaled, 36), angles(tinyConfig(sizes), 9)));
});

test('dynamic scaling leaves short rows alone and raises theta for long ones', (t) => {
  const config = tinyConfig({ ...sizes, rope_scaling: { rope_type: 'dynamic', factor: 2 } });
  t.true(sameAngles(angles(config, 50, 64), angles(tinyConfig(sizes), 50)));
  // 128 = twice the 64 positions: theta * (2 * 128 / 64 - 1)^(16 / 14)
  const theta = 10000 * 3 ** (8 / 7);
  const expected = frequencies(theta).map((frequency) => 100 * frequency);
  t.true(sameAngles(angles(config, 100, 128), expected));
});

test('llama3 scaling keeps short waves, divides long ones and blends between', (t) => {
  const scaling = {
    factor: 8,
    low_freq_factor: 1,
    high_freq_factor: 4,
    original_max_position_embeddings: 64,
  };
  const config = tinyConfig({ ...sizes, rope_scaling: { rope_type: 'llama3', ...scaling } });
  const expected = frequencies(10000).map((frequency) => {
    // The share that is kept, by how often the wave turns within the original context.
    const turns = (64 * frequency) / (2 * Math.PI);
    const kept = Math.min(Math.max((turns - 1) / (4 - 1), 0), 1);
    return 30 * frequency * (kept + (1 - kept) / 8);
  });
  t.true(sameAngles(angles(config, 30), expected));
});

test('yarn scaling blends by dimension and enlarges both sines and cosines', (t) => {
  const scaling = { factor: 4, original_max_position_embeddings: 64, beta_fast: 8, beta_slow: 1 };
  const config = tinyConfig({ ...sizes, rope_scaling: { rope_type: 'yarn', ...scaling } });
  // Dimension at which a wave turns n times within 64 positions: 16 log(64 / 2 pi n) / (2 log 10000).
  const at = (turns: number) => (8 * Math.log(64 / (2 * Math.PI * turns))) / Math.log(10000);
  const [low, high] = [Math.max(Math.floor(at(8)), 0), Math.ceil(at(1))];
  t.deepEqual([low, high], [0, 3]);
  const expected = frequencies(10000).map((frequency, dimension) => {
    const stretched = Math.min(dimension / 3, 1);
    return 30 * (stretched * (frequency / 4) + (1 - stretched) * frequency);
  });
  t.true(sameAngles(angles(config, 30), expected));
  const { cos, sin } = ropeTables(config, 31);
  const gain = 0.1 * Math.log(4) + 1;
  for (let entry = 0; entry < cos.length; entry++)
    t.true(Math.abs(Math.hypot(cos[entry], sin[entry]) - gain) < 1e-6);
});

test('the attention factor of yarn can be given', (t) => {
  const config = tinyConfig({ ...sizes, rope_scaling: { type: 'yarn', factor: 4, attention_factor: 1.5 } });
  t.true(Math.abs(ropeTables(config, 1).cos[0] - 1.5) < 1e-6);
});

test('rope_parameters and rope_scaling, rope_type and type say the same', (t) => {
  const factors = { factor: 2 };
  const forms: Partial<LlamaConfig>[] = [
    { rope_theta: 5000, rope_scaling: { rope_type: 'linear', ...factors } },
    { rope_theta: 5000, rope_scaling: { type: 'linear', ...factors } },
    { rope_parameters: { rope_type: 'linear', rope_theta: 5000, ...factors } },
    // Where they disagree, as transformers reads them.
    { rope_theta: 7, rope_parameters: { rope_type: 'linear', rope_theta: 5000, ...factors } },
    {
      rope_theta: 5000,
      rope_scaling: { type: 'linear', ...factors },
      rope_parameters: { rope_type: 'default', rope_theta: 7 },
    },
    { rope_scaling: {}, rope_parameters: { rope_type: 'linear', rope_theta: 5000, ...factors } },
  ];
  const [first, ...others] = forms.map((form) => ropeTables(tinyConfig({ ...sizes, ...form }), 20));
  for (const other of others) t.deepEqual(other, first);
});

const unknown: Record<string, [Record<string, unknown>, RegExp]> = {
  longrope: [
    { rope_type: 'longrope', factor: 2 },
    /"longrope" is not computed here; supported are default, linear/,
  ],
  'a type by its old name': [{ type: 'su', factor: 2 }, /"su" is not computed here/],
  'a missing factor': [{ rope_type: 'linear' }, /rope type "linear" needs factor/],
  'a factor of text': [{ rope_type: 'linear', factor: '2' }, /factor/],
  'a part of each head': [{ rope_type: 'default', partial_rotary_factor: 0.5 }, /a part of each head/],
};

for (const [name, [scaling, says]] of Object.entries(unknown))
  for (const key of ['rope_scaling', 'rope_parameters'])
    test(`${key} with ${name} is a clear error`, (t) => {
      const config = { ...tinyConfig(), [key]: scaling };
      const error = t.throws<UserError>(() => parseLlamaConfig(config, 'config.json'), { name: 'UserError' });
      t.regex(error.message, says);
      t.regex(error.message, new RegExp(key));
    });
