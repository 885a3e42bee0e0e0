/**
 * Decoding speed with random weights and random codes: users a second in batches, milliseconds for one user, what the
 * constraint to codes that exist costs, and what share of the time is spent outside the runtime. The first peer is a
 * straightforward loop on the same runtime, which computes every beam anew from its first token, with all rows of the
 * head, and masks. With `--peers` there are two more: PyTorch's transformers.generate with prefix_allowed_tokens_fn,
 * where there is a Python for it, and the unconstrained beams of @xenova/transformers on the exported model.
 *
 *   npm run bench -- decode
 *   npm run bench -- decode --peers --python path/to/python
 *   npm run bench -- decode --case "beauty, 12000 items" --users 512
 */

import { parseArgs } from 'node:util';
import { InferenceSession } from 'onnxruntime-node';
import { createRecommender } from '../orchestrator/decoding/beam-search.ts';
import { type Beam, expandBeams } from '../orchestrator/decoding/expand-beams.ts';
import { int64From } from '../orchestrator/engine/int64.ts';
import { buildTrie, type CodeTrie } from '../orchestrator/item-index/trie.ts';
import { initialWeights } from '../orchestrator/models/checkpoint.ts';
import type { Generator } from '../orchestrator/models/generator.ts';
import { type LlamaConfig, parseLlamaConfig } from '../orchestrator/models/llama/config.ts';
import { llama } from '../orchestrator/models/llama/llama.ts';
import { frozenModel } from '../orchestrator/models/model-tensors.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { type Figures, rounded, runCases, secondsOf, show } from './support/cases.ts';
import { askPeers } from './support/decode-peers.ts';
import { peerPython } from './support/python.ts';

const { values: flags } = parseArgs({
  options: {
    case: { type: 'string' },
    users: { type: 'string' },
    beams: { type: 'string', default: '20' },
    'batch-tokens': { type: 'string' },
    peers: { type: 'boolean', default: false },
    python: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const shapes: Record<string, Partial<LlamaConfig>> = {
  beauty: { hidden_size: 192, intermediate_size: 512, num_hidden_layers: 4, num_attention_heads: 3 },
  'smollm2-135m': {
    hidden_size: 576,
    intermediate_size: 1536,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
  },
};
/** How many users each way of asking gets; large models take seconds for one. */
const userCounts: Record<string, { batched: number; single: number; naive: number; peers: number }> = {
  beauty: { batched: 512, single: 100, naive: 4, peers: 8 },
  'smollm2-135m': { batched: 16, single: 5, naive: 1, peers: 1 },
};
/** As in recipes/beauty.yaml: a cluster by behaviour, one by meaning, a digit that is nearly an item's own. */
const levelSizes = [256, 256, 4096];
const numBeams = Number(flags.beams);
const random = createRandom(1, 'bench');
const python = flags.peers ? peerPython(flags.python, flags.case !== undefined) : null;
const cases = Object.keys(shapes).flatMap((model) =>
  [12_000, 100_000, 1_000_000].map((items) => ({ name: `${model}, ${items} items`, model, items })),
);
const rows = await runCases({
  file: import.meta.filename,
  only: flags.case,
  args: Object.entries(flags).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : value && name === 'peers' ? ['--peers'] : [],
  ),
  cases: Object.fromEntries(cases.map(({ name, model, items }) => [name, () => measure(model, items)])),
});
if (rows) show(rows, flags.json, rows[0]);

async function measure(model: string, items: number): Promise<Figures> {
  const levels = levelSizes.length;
  const codes = Int32Array.from({ length: items * levels }, (_, at) =>
    random.integer(levelSizes[at % levels]),
  );
  const plainTokens = model === 'beauty' ? 1024 : 49_152;
  const prompts = (count: number) => drawPrompts(count, plainTokens);
  const users = userCounts[model];
  const batchedUsers = flags.users ? Number(flags.users) : users.batched;
  const started = performance.now();
  const trie = buildTrie({ levels, levelSizes, codes });
  const trieSeconds = (performance.now() - started) / 1000;
  let next = plainTokens;
  const codeTokenIds = levelSizes.map((size) => Array.from({ length: size }, () => next++));
  const config = parseLlamaConfig(
    { model_type: 'llama', tie_word_embeddings: true, vocab_size: next, ...shapes[model] },
    'bench',
  );
  const weights = initialWeights(llama(config), 1);
  const clock = timeRuntime();
  const generator = await llama(config).compileGenerator(frozenModel(llama(config), weights), 256);
  const maxBatchTokens = flags['batch-tokens'] ? Number(flags['batch-tokens']) : undefined;
  const options = { generator, trie, vocabulary: { codeTokenIds }, numBeams, maxBatchTokens };
  const recommender = createRecommender(options);

  await recommender.recommend(prompts(Math.min(8, batchedUsers)));
  clock.inside = 0;
  const batched = await secondsOf(() => recommender.recommend(prompts(batchedUsers)));
  const perSecond = batchedUsers / batched;
  const outside = 1 - clock.inside / batched;
  const single: number[] = [];
  for (const prompt of prompts(users.single))
    single.push(1000 * (await secondsOf(() => recommender.recommend([prompt]))));
  single.sort((a, b) => a - b);
  const naive = await secondsOf(async () => {
    for (const prompt of prompts(users.naive)) await naiveSearch(generator, trie, codeTokenIds, prompt);
  });
  const peers = flags.peers ? await withPeers(prompts(users.peers)) : {};
  await generator.dispose();
  const choosing = choosingSeconds(trie, 200);
  return {
    users_per_s: rounded(batchedUsers / batched),
    naive_users_per_s: rounded(users.naive / naive),
    times_naive: rounded((batchedUsers / batched) * (naive / users.naive)),
    p50_ms: rounded(single[Math.floor(single.length / 2)]),
    p99_ms: rounded(single[Math.floor(single.length * 0.99)]),
    choosing_share: rounded(choosing.constrained * perSecond),
    // What codes that exist cost beyond a choice among all digits of a level; below 0: they save time.
    constraint_share: rounded((choosing.constrained - choosing.free) * perSecond),
    // Masks, caches, batches and the constraint: all that is not the runtime.
    outside_runtime_share: rounded(outside),
    trie_s: rounded(trieSeconds),
    ...peers,
  };

  async function withPeers(asked: Int32Array[]): Promise<Figures> {
    const tokensOf = (digits: ArrayLike<number>) =>
      Array.from(digits, (digit, level) => codeTokenIds[level][digit]);
    const own = await recommender.recommend(asked, 1);
    const question = {
      config,
      weights,
      codes: Array.from({ length: items }, (_, item) =>
        tokensOf(codes.subarray(item * levels, (item + 1) * levels)),
      ),
      prompts: asked,
      beams: numBeams,
      ourFirst: own.map(([{ digits }]) => tokensOf(digits)),
    };
    const figures = await askPeers(question, python);
    const times = (name: string) => {
      const theirs = figures[`${name}_users_per_s`];
      return theirs === undefined ? {} : { [`times_${name}`]: rounded(perSecond / Number(theirs)) };
    };
    return { ...figures, ...times('generate'), ...times('xenova') };
  }
}

/**
 * Seconds a user of choosing the beams at all levels, with logits from a random generator in place of the model: among
 * the digits that lead to items, and among all digits of a level, as a search without a constraint has to.
 */
function choosingSeconds(trie: CodeTrie, users: number): { constrained: number; free: number } {
  const width = Math.max(...trie.levelSizes);
  const wholeLevels = trie.levelSizes.map(everyDigit);
  const data = Float32Array.from({ length: 2 * numBeams * width }, () => random.normal());
  const logitsOf = (user: number) => (at: number) => ({ data, offset: at * width + (user % width) });
  const secondsOfUser = (choose: (user: number) => void) => {
    for (let user = 0; user < users / 4; user++) choose(user);
    const started = performance.now();
    for (let user = 0; user < users; user++) choose(user);
    return (performance.now() - started) / 1000 / users;
  };
  return {
    constrained: secondsOfUser((user) => {
      let beams: Beam[] = [{ node: 0, score: 0, columns: [], pending: [] }];
      for (let depth = 0; depth < trie.levels; depth++)
        beams = expandBeams(trie, depth, beams, logitsOf(user), numBeams);
    }),
    free: secondsOfUser((user) => {
      let beams: Beam[] = [{ node: 0, score: 0, columns: [], pending: [] }];
      for (const level of wholeLevels)
        beams = expandBeams(level, 0, beams, logitsOf(user), numBeams).map((beam) => ({
          ...beam,
          node: 0,
        }));
    }),
  };
}

/** A trie of one level in which every digit may come. */
function everyDigit(size: number): CodeTrie {
  return buildTrie({
    levels: 1,
    levelSizes: [size],
    codes: Int32Array.from({ length: size }, (_, digit) => digit),
  });
}

/** Histories of 4 to 20 items, three tokens an item for the small model, four for the large one. */
function drawPrompts(count: number, plainTokens: number): Int32Array[] {
  const perItem = plainTokens === 1024 ? 3 : 4;
  return Array.from({ length: count }, () =>
    Int32Array.from({ length: perItem * (4 + random.integer(17)) }, () => random.integer(plainTokens)),
  );
}

async function naiveSearch(
  generator: Generator,
  trie: CodeTrie,
  codeTokenIds: number[][],
  prompt: Int32Array,
): Promise<void> {
  const all = Array.from({ length: generator.vocabularySize }, (_, id) => id);
  let beams = [{ node: 0, score: 0, tokens: [...prompt] }];
  for (let depth = 0; depth < trie.levels; depth++) {
    const logits = await generator.follow(
      beams.map(({ tokens }) => Int32Array.from(tokens)),
      beams.map(() => new Int32Array(0)),
      { shape: [all.length], data: int64From(all) },
    );
    const candidates = beams.flatMap(({ node, score, tokens }, row) => {
      const own = logits.subarray(row * all.length, (row + 1) * all.length);
      const masked = new Float32Array(all.length).fill(-Infinity);
      const children = new Map<number, number>();
      for (let child = trie.starts[depth][node]; child < trie.starts[depth][node + 1]; child++) {
        const token = codeTokenIds[depth][trie.digits[depth][child]];
        masked[token] = own[token];
        children.set(token, child);
      }
      const highest = masked.reduce((a, b) => Math.max(a, b), -Infinity);
      const sum = masked.reduce((total, logit) => total + Math.exp(logit - highest), 0);
      return [...children].map(([token, child]) => ({
        node: child,
        score: score + masked[token] - highest - Math.log(sum),
        tokens: [...tokens, token],
      }));
    });
    beams = candidates.sort((a, b) => b.score - a.score).slice(0, numBeams);
  }
}

/** Counts the seconds that are spent inside of the runtime, in sessions that are made from now on. */
function timeRuntime(): { inside: number } {
  const clock = { inside: 0 };
  const create = InferenceSession.create.bind(InferenceSession) as (
    bytes: Uint8Array,
  ) => Promise<InferenceSession>;
  InferenceSession.create = (async (...given: Parameters<typeof create>) => {
    const session = await create(...given);
    const run = session.run.bind(session) as (
      feeds: InferenceSession.FeedsType,
    ) => ReturnType<typeof session.run>;
    session.run = async (...asked: Parameters<typeof run>) => {
      const started = performance.now();
      const results = await run(...asked);
      clock.inside += (performance.now() - started) / 1000;
      return results;
    };
    return session;
  }) as typeof InferenceSession.create;
  return clock;
}
