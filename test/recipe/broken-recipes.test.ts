import test from 'ava';
import { resolveRecipe } from '../../orchestrator/recipe/resolve-recipe.ts';
import { describeError, UserError } from '../../orchestrator/shared/errors.ts';
import { smallRecipe, withRecipes } from './with-recipes.ts';

interface BrokenRecipe {
  /** Appended to the small recipe, at line 10; or the whole text. */
  more?: string;
  whole?: string | Buffer;
  files?: Record<string, string>;
  set?: string[];
  says: RegExp[];
}

/** Every broken recipe is one UserError that names the place and the remedy. */
const broken = test.macro((t, { more = '', whole, files = {}, set = [], says }: BrokenRecipe) => {
  const at = withRecipes(t, { 'own.yaml': whole ?? smallRecipe + more, ...files });
  const error = t.throws(() => resolveRecipe(at('own.yaml'), { set, env: {} }), { instanceOf: UserError });
  t.is(error.code, 'recipe/invalid');
  const text = describeError(error);
  for (const pattern of says) t.regex(text, pattern);
  t.regex(text, /→/);
});

const base = smallRecipe;
const stages = (...names: string[]) =>
  `${base.slice(0, base.indexOf('    - name'))}${names
    .map((name) => `    - {name: ${name}, tuning: full, tasks: {item-search: 1}}\n`)
    .join('')}`;

test('a mapping in place of a truth value is told its type, not taken for a text', broken, {
  more: 'decoding:\n  constrained:\n    toString: 4\n',
  says: [/own\.yaml:11 {2}decoding\.constrained: /, /expected true or false, got a map/],
});
test('an unknown name gets its line and the nearest allowed one', broken, {
  more: 'decoding:\n  num_beam: 20\n',
  says: [/own\.yaml:11 {2}decoding\.num_beam: unknown name/, /Did you mean "num_beams"\?/],
});
test('an unknown name like no other gets the allowed ones', broken, {
  more: 'zebra: 1\n',
  says: [
    /own\.yaml:10 {2}zebra: unknown name/,
    /Allowed here: name, seed, engine, recommender, continue, append, dataset/,
  ],
});
test('a setting in the wrong section, or in half of its name, is led to its place', broken, {
  more: '  epochs: 3\nnum_beams: 20\ndecoding.cold_places: 2\nmodel: {base: x}\n',
  says: [
    /training\.epochs: unknown name\s+→ Did you mean training\.stages\.0\.epochs\?/,
    /num_beams: unknown name\s+→ Did you mean decoding\.num_beams\?/,
    /in a file cold_places stands below decoding:/,
    /model\.base: unknown name\s+→ Did you mean "base_model"\?/,
  ],
});
test('an unknown name inside a training stage is found', broken, {
  more: '      lerning_rate: 0.1\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.lerning_rate: unknown name/, /"learning_rate"/],
});
test('a LoRA setting in a full stage is explained', broken, {
  more: '      lora_r: 4\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.lora_r/, /"lora_r" belongs to tuning: lora/],
});
test('a BPE larger than its trainer makes is found', broken, {
  more: 'vocabulary: {bpe_vocab_size: 32000}\n',
  says: [/own\.yaml:10 {2}vocabulary\.bpe_vocab_size: the trainer of the BPE stops at 30000 tokens/],
});
test('an unknown task is found', broken, {
  more: '        item-serch: 1\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.tasks\.item-serch: unknown name/, /"item-search"/],
});
test('a wrong type names expected and got', broken, {
  more: 'seed: "12"\n',
  says: [/own\.yaml:10 {2}seed: .*expected a (whole )?number, got the text "12"/],
});
test('a value in another notation is written as it should be', broken, {
  more: `seed: 1_000\nname: 2024\nmodel:\nembedding: {behaviour: {dropout: '0,5'}}\ndecoding: {constrained: yes, cold_places: "4"}\n`,
  says: [
    /seed: .*\s+→ Write 1000\./,
    /name: .*\s+→ Put it in quotes/,
    /model: .*\s+→ Remove the line, or write its settings below it/,
    /dropout: .*\s+→ Write 0\.5\./,
    /constrained: .*\s+→ Write true\./,
    /cold_places: .*\s+→ Write 4 without quotes\./,
  ],
});
test('a word that is no choice gets the choices', broken, {
  more: 'item_index: {fusion: code}\n',
  says: [
    /own\.yaml:10 {2}item_index\.fusion: .*expected one of codes, embeddings, streams, got "code"/,
    /"codes"/,
  ],
});
test('a fraction where a whole number is due is found', broken, {
  more: 'decoding: {num_beams: 10.5}\n',
  says: [/decoding\.num_beams: .*expected a whole number, got 10\.5/],
});
test('a negative number is found', broken, {
  more: '      epochs: -1\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.epochs: .*expected at least 1, got -1/],
});
test('infinity is not a number of anything', broken, {
  more: '      learning_rate: .inf\n',
  says: [/learning_rate: .*got Infinity/],
});
test('a list where a map is due is found', broken, {
  more: 'model: [1, 2]\n',
  says: [/own\.yaml:10 {2}model: .*expected a map of settings, got a list of 2/],
});
test('a map where a list is due is found', broken, {
  more: 'evaluation:\n  cutoffs: {a: 1}\n',
  says: [/own\.yaml:11 {2}evaluation\.cutoffs: .*expected a list, got a map/],
});
test('a section without content is found', broken, {
  more: 'model:\n',
  says: [/own\.yaml:10 {2}model: .*got nothing/],
});
test('a recipe without data says so', broken, {
  whole: 'seed: 1\ntraining: {stages: [{name: a, tuning: full, tasks: {item-search: 1}}]}\n',
  says: [/dataset: is missing; expected a map of settings/],
});
test('a stage without tuning says which there are', broken, {
  whole: base.replace('      tuning: full\n', ''),
  says: [/own\.yaml:6 {2}training\.stages\.0\.tuning: is missing; expected one of full, lora/],
});
test('several problems are reported together', broken, {
  more: 'seed: -1\nmodell: {}\ndecoding: {num_beams: 3}\nitem_index: {path: nowhere.json}\n',
  says: [/4 problems/, /own\.yaml:10/, /own\.yaml:11/, /own\.yaml:12/, /own\.yaml:13/],
});
test('extends in a circle shows the chain', broken, {
  more: 'extends: a.yaml\n',
  files: { 'a.yaml': 'extends: b.yaml\n', 'b.yaml': 'seed: 1\nextends: [a.yaml]\n' },
  says: [/b\.yaml:2 {2}extends: goes in a circle: .*a\.yaml → .*b\.yaml → .*a\.yaml/],
});
test('a recipe that extends itself shows the circle', broken, {
  more: 'extends: own.yaml\n',
  says: [/own\.yaml:10 {2}extends: goes in a circle: .*own\.yaml → .*own\.yaml/],
});
test('an extended file that is missing is named with the line that names it', broken, {
  more: 'extends: parts/none.yaml\n',
  says: [/own\.yaml:10 {2}extends: .*parts\/none\.yaml does not exist/],
});
test('a slip in the name of a recipe gets the one that was meant', broken, {
  more: 'extends: [quikstart, smoke.yaml, part, sweep.yaml]\n',
  files: { 'part.yaml': 'seed: 2\n', 'sweep.yaml': 'base: smoke\nvariants: []\n' },
  says: [
    /Did you mean quickstart, /,
    /Did you mean smoke, /,
    /Did you mean part\.yaml\?/,
    /sweep\.yaml {2}is a sweep, not a recipe/,
  ],
});
test('where a recipe that is built on cannot be read, nothing that it may have is called missing', (t) => {
  const at = withRecipes(t, { 'own.yaml': 'extends: nowhere\nsede: 2\n' });
  const { message } = t.throws(() => resolveRecipe(at('own.yaml'), { env: {} }), { instanceOf: UserError });
  t.regex(message, /2 problems[\s\S]*nowhere does not exist[\s\S]*"seed"/);
});
test('extends that is no path is found', broken, {
  more: 'extends: {a: b}\n',
  says: [/own\.yaml:10 {2}extends: .*expected a path or a list of paths, got a map/],
});
test('bad YAML gets its line', broken, {
  more: 'model: {hidden_size: 12\nseed: 1\n',
  says: [/own\.yaml:1[0-2] {2}bad YAML/],
});
test('tabs get a remedy', broken, { more: 'model:\n\thidden_size: 12\n', says: [/own\.yaml:11/, /spaces/] });
test('blanks that are none, in names and before values, are named as that', broken, {
  more: 'seed:\u00a02\n',
  says: [/own\.yaml:1\d {2}bad YAML/, /web pages and word processors/],
});
test('signs that cannot be seen in a name are named', broken, {
  more: '\u200bseed: 2\n',
  says: [/own\.yaml:10 {2}a name holds the sign U\+200B/],
});
test('one slip in a line is one problem, and a reference between brackets is told to be quoted', broken, {
  more: 'decoding: {num_beams: $' + '{BEAMS}}\n',
  says: [/one problem/, /a reference needs quotes/],
});
test('a custom tag is refused', broken, {
  more: 'seed: !!js/function "() => 1"\n',
  says: [/own\.yaml:10 {2}seed: the tag .*js\/function is not allowed/],
});
test('aliases that blow up are refused', broken, {
  more: `a: &a [1,1,1,1,1,1,1,1,1]\n${['b', 'c', 'd', 'e', 'f', 'g']
    .map((name, at) => `${name}: &${name} [${`*${'abcdefg'[at]},`.repeat(9)}]\n`)
    .join('')}`,
  says: [/is too large: over 20000 values/],
});
test('a merge of what is no map is refused', broken, {
  more: 'evaluation: {<<: 3}\n',
  says: [/own\.yaml:10 {2}evaluation: << merges maps, and this is none/],
});
test('a merge that holds itself is one problem', broken, {
  more: 'decoding: &itself\n  <<: *itself\n',
  says: [/one problem/, /is too large/],
});
test('a list that names something twice is refused', broken, {
  more: 'evaluation: {cutoffs: [1, 1], baselines: [popularity, popularity]}\n',
  says: [/evaluation\.cutoffs: .*each value once/, /evaluation\.baselines: .*each value once/],
});
test('a device as a file, or a folder of the system, is refused', broken, {
  more: 'item_index: {path: /dev/null}\n',
  says: [/item_index\.path: \/dev\/null is no ordinary file or folder/],
});
test('an alias that holds itself is refused', broken, { more: 'a: &a [*a]\n', says: [/too large|bad YAML/] });
test('lists nested without end are refused', broken, {
  more: `a: ${'['.repeat(100_000)}\n`,
  says: [/cannot be parsed|bad YAML/],
});
test('an empty recipe is refused', broken, { whole: '# nothing\n', says: [/the recipe is empty/] });
test('a text is no recipe', broken, {
  whole: 'hello',
  says: [/is not a recipe; expected a map of sections/],
});
test('a huge file is refused unread', broken, {
  whole: `# ${'x'.repeat(1_000_001)}`,
  says: [/has 1000003 bytes, a recipe has at most 1000000/],
});
test('a binary file is refused', broken, { whole: 'PK\x03\x04\0\0', says: [/is not a text file/] });
test('a recipe in UTF-16 is named as that', broken, {
  whole: Buffer.from(`\uFEFF${smallRecipe}`, 'utf16le'),
  says: [/is UTF-16, and a recipe has to be UTF-8/],
});
test('a recipe in Latin-1 is refused', broken, {
  whole: Buffer.from(`${smallRecipe}# é`, 'latin1'),
  says: [/is not UTF-8/],
});
test('a path that only a shell would expand is named as that', broken, {
  set: ['dataset.path=~/log.csv', 'append=$DATA/new.csv'],
  says: [/write \$\{HOME\}\/log\.csv/, /write \$\{DATA\}\/new\.csv/],
});
test('an address where a file belongs is named as that', broken, {
  set: ['dataset.path=https://shop.example/log.csv'],
  says: [/https:\/\/shop\.example\/log\.csv is an address/],
});
test('a name given twice is found', broken, {
  more: 'seed: 1\nseed: 2\n',
  says: [/own\.yaml:11 {2}a name is given twice/],
});
test('two documents in one file are refused', broken, {
  more: '---\nseed: 2\n',
  says: [/own\.yaml:10.*bad YAML: there is more than one document/],
});
test('an environment variable that is not set is named', broken, {
  more: 'seed: $' + '{NOWHERE}\n',
  says: [/own\.yaml:10 {2}seed: the environment variable NOWHERE is not set/],
});
test('a reference that is none is found', broken, {
  more: 'name: x$' + '{not a name}\n',
  says: [/own\.yaml:10 {2}name: \$\{not a name\} is not a reference/],
});
test('--set of an unknown path gets the nearest name', broken, {
  set: ['decoding.num_beems=3'],
  says: [/--set decoding\.num_beems=3 {2}decoding\.num_beems: unknown name/, /"num_beams"/],
});
test('--set of a list item that is not there is found', broken, {
  set: ['training.stages.3.epochs=3'],
  says: [/training\.stages: has no item 3/],
});
test('--set of what a recipe builds on is refused', broken, {
  set: ['extends=smoke'],
  says: [/is read before any setting/],
});
test('--set without a value is found', broken, { set: ['seed'], says: [/--set seed {2}is not a setting/] });
test('--set below a number is found', broken, {
  more: 'seed: 1\n',
  set: ['seed.deep=1'],
  says: [/seed: is 1, not a section that has "deep"/],
});
test('a name with path tricks is refused', broken, {
  more: 'name: ../../etc\n',
  says: [/own\.yaml:10 {2}name: .*expected at most 64 letters, digits/],
});
test('names of the object prototype are unknown names', broken, {
  more: '__proto__: {seed: 1}\nconstructor: 1\n',
  says: [/__proto__: unknown name/, /constructor: unknown name/],
});
test('data that does not exist is named', broken, {
  whole: base.replace('path: data', 'path: elsewhere'),
  says: [/own\.yaml:3 {2}dataset\.path: .*elsewhere does not exist/],
});
test('a base model that is neither a folder nor a hub id is found', broken, {
  more: 'model: {base_model: ./llama}\n',
  says: [/model\.base_model: .*llama does not exist/],
});
test('an absent vocabulary extension is named', broken, {
  more: 'vocabulary: {extension: item-cods}\n',
  says: [/vocabulary\.extension: .*item-cods\.yaml does not exist/],
});
test('LoRA without anything to adapt is found', broken, {
  whole: base.replace('tuning: full', 'tuning: lora'),
  says: [/own\.yaml:7 {2}training\.stages\.0\.tuning: lora has nothing to adapt/],
});
test('two stages of one name are found', broken, {
  whole: stages('first', 'second', 'first'),
  says: [/training\.stages\.2\.name: "first" is also the name of stage 0/],
});
test('heads that do not divide are found, with numbers that do', broken, {
  more: 'model: {hidden_size: 192, num_attention_heads: 5}\n',
  says: [/model\.num_attention_heads: 5 heads do not divide hidden_size 192/, /to 4/],
});
test('key-value heads that do not divide are found', broken, {
  more: 'model: {hidden_size: 192, num_attention_heads: 4, num_key_value_heads: 3}\n',
  says: [/model\.num_key_value_heads: 3 key-value heads do not divide 4/],
});
test('a LLaMA has one stack of layers and heads of an even width', broken, {
  more: 'model: {num_decoder_layers: 2, head_dim: 7}\n',
  says: [
    /model\.num_decoder_layers: a LLaMA has one stack of layers[\s\S]*model\.family to t5/,
    /model\.head_dim: a head has 7 numbers[\s\S]*Set head_dim to 8/,
  ],
});
test('a beam narrower than the longest list is found', broken, {
  more: 'decoding: {num_beams: 5}\n',
  says: [/own\.yaml:10 {2}decoding\.num_beams: 5 beams cannot fill a list of 10/],
});
test('legal digits of whole histories need a layout of whole histories', broken, {
  more: '      digit_softmax: legal\nprompts: {layout: prefix}\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.digit_softmax: .*prompts\.layout is prefix/, /to user/],
});
test('a teacher teaches legal digits', broken, {
  more: '      distillation: 0.5\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.distillation: .*digit_softmax is vocabulary/, /to legal/],
});
test('labels are smoothed over legal digits', broken, {
  more: '      label_smoothing: 0.1\n',
  says: [/own\.yaml:10 {2}training\.stages\.0\.label_smoothing: .*digit_softmax is vocabulary/, /to legal/],
});
test('heads of odd width are found before a run begins', broken, {
  more: 'embedding: {behaviour: {hidden_size: 6, num_heads: 2}}\n',
  says: [
    /embedding\.behaviour\.hidden_size: hidden_size \/ num_heads has to be even, got 6 \/ 2 = 3/,
    /to 8/,
  ],
});
test('the base-model encoder needs a base model', broken, {
  more: 'embedding: {semantic: {encoder: base-model}}\n',
  says: [/embedding\.semantic\.encoder: base-model needs a base model/],
});
test('the transformers encoder needs a model', broken, {
  more: 'embedding: {semantic: {encoder: transformers}}\n',
  says: [/embedding\.semantic\.encoder: transformers needs a feature-extraction model/],
});
test('the published index is a tree', broken, {
  more: 'item_index: {method: residual-kmeans, faithful: true}\n',
  says: [/item_index\.faithful: the published way is a tree/, /hierarchical-kmeans/],
});
test('one source cannot be fused with itself', broken, {
  more: 'item_index: {fusion: embeddings, sources: [semantic]}\n',
  says: [/item_index\.fusion: embeddings joins two sources/],
});
test('tasks of weight 0 teach nothing', broken, {
  whole: base.replace('recommendation: 1', 'recommendation: 0'),
  says: [/training\.stages\.0\.tasks: no task has a weight above 0/],
});

test('a split that leaves nothing for the test is found', broken, {
  whole: base.replace('path: data', 'path: data\n  split: time\n  split_fractions: [0.9, 0.1]'),
  says: [/own\.yaml:5 {2}dataset\.split_fractions: 0\.9 and 0\.1 leave nothing for the test/],
});

test('a recipe that does not exist is named', (t) => {
  const at = withRecipes(t, {});
  const error = t.throws(() => resolveRecipe(at('none.yaml')), { instanceOf: UserError });
  t.regex(describeError(error), /none\.yaml.*the file does not exist/);
});

test('a folder is no recipe', (t) => {
  const at = withRecipes(t, {});
  const error = t.throws(() => resolveRecipe(at('data')), { instanceOf: UserError });
  t.regex(describeError(error), /is not a file/);
});

test('what given behaviour vectors cannot do is refused at once', broken, {
  more: 'embedding: {behaviour: {path: vectors.npy}}\ndecoding: {cold_items: behind, fusion: learned}\n',
  files: { 'vectors.npy': '' },
  says: [
    /decoding\.fusion: learned asks an encoder for its scores/,
    /decoding\.cold_items: behind asks an encoder for its scores[\s\S]*Set it to none/,
  ],
});

test('an item of rpg has no row that could begin anywhere, be sampled, or be predicted', broken, {
  more: 'embedding: {behaviour: {encoder: rpg, start: semantic, negatives: 20, temperature: 0}, semantic: {dimensions: 8}}\ndecoding: {cold_items: mixed}\n',
  says: [
    /embedding\.behaviour\.start: rpg has no rows/,
    /embedding\.behaviour\.negatives: rpg samples no items/,
    /embedding\.behaviour\.temperature: rpg compares by cosines/,
    /decoding\.cold_items: mixed predicts rows/,
    /embedding\.behaviour\.digits: 32 digits are made of 8 dimensions/,
  ],
});

test('nodes without a place to meet are found', broken, {
  more: 'engine: peft\nlauncher: {kind: torchrun, nodes: 2}\n',
  says: [/launcher\.rendezvous: 2 nodes need a place to meet/, /node-1:29500/],
});
test('a launcher of PyTorch is of no use to the Node engine', broken, {
  more: 'launcher: {kind: torchrun, processes: 2}\n',
  says: [/launcher\.kind: torchrun starts PyTorch, and engine is node[\s\S]*Set engine to peft/],
});
for (const launcher of [
  'kind: torchrun',
  'kind: accelerate',
  'kind: slurm, gpus_per_node: 4',
  'kind: ray',
  'kind: kubernetes, image: torch, claim: runs, shared_folder: /runs',
])
  test(`nothing is split across the one process of ${launcher}`, broken, {
    more: `engine: peft\nlauncher: {${launcher}, sharding: fsdp}\n`,
    says: [/launcher\.sharding: fsdp splits weights across the processes, and there is one/, /to 2 or more/],
  });
for (const launcher of ['kind: slurm', 'kind: kubernetes, image: torch, claim: runs, shared_folder: /runs'])
  test(`processes share no GPU: ${launcher}`, broken, {
    more: `engine: peft\nlauncher: {${launcher}, gpus_per_node: 1, processes: 4}\n`,
    says: [
      /launcher\.processes: each process needs a GPU of its own: 4 processes, and gpus_per_node is 1/,
      /launcher\.processes to 1, or launcher\.gpus_per_node to 4/,
    ],
  });
for (const [launcher, setting] of [
  ['kind: ray', 'use_gpu: is false'],
  ['kind: kubernetes, image: torch, claim: runs, shared_folder: /runs', 'gpus_per_node: is 0'],
])
  test(`a GPU that PyTorch must have is asked for: ${launcher}`, broken, {
    more: `engine: peft\npeft: {device: cuda}\nlauncher: {${launcher}}\n`,
    says: [new RegExp(`launcher\\.${setting}[\\s\\S]*peft\\.device is cuda[\\s\\S]*peft\\.device to auto`)],
  });
test('weights of few bits, and compiled ones, are not shared out by DeepSpeed', broken, {
  set: ['training.stages.0.tuning=qlora'],
  more: 'engine: peft\npeft: {torch_compile: true}\nlauncher: {kind: accelerate, processes: 2, sharding: deepspeed}\n',
  says: [
    /launcher\.sharding: deepspeed cannot share out the packed weights of tuning: qlora \(training\.stages\.0\)/,
    /launcher\.sharding: deepspeed .* peft\.torch_compile[\s\S]*launcher\.sharding to fsdp, or peft\.torch_compile to false/,
  ],
});
test('nor are weights of few bits by FSDP', broken, {
  set: ['training.stages.0.tuning=qlora'],
  more: 'engine: peft\nlauncher: {kind: torchrun, processes: 2, sharding: fsdp}\n',
  says: [/launcher\.sharding: fsdp cannot share out the packed weights of tuning: qlora/],
});
test('flash attention in float32 is found', broken, {
  more: 'engine: peft\npeft: {attention: flash_attention_2}\n',
  says: [/own\.yaml:11 {2}peft\.attention: flash_attention_2 needs a GPU and bfloat16/],
});
test('what PyTorch does not do for a T5 is refused, each with what to set instead', broken, {
  set: ['training.stages.0.tuning=lora'],
  more: `engine: peft
peft: {attention: flash_attention_2, precision: bfloat16, packing: true}
model: {family: t5, tie_word_embeddings: false}
prompts: {layout: prefix, augment: none}
`,
  says: [
    /peft\.packing: the sources and targets of a T5 are padded[\s\S]*peft\.packing to false/,
    /peft\.attention: flash_attention_2 does not know the relative positions of a T5/,
    /model\.tie_word_embeddings: PyTorch trains no adapters on a T5 with a head of its own \(training\.stages\.0\)/,
  ],
});
test('a launcher that there is not gets the nearest one', broken, {
  more: 'launcher: {kind: torchrn}\n',
  says: [/own\.yaml:10 {2}launcher\.kind/, /Did you mean "torchrun"\?/],
});
test('a setting of another launcher is found', broken, {
  more: 'launcher: {kind: local, processes: 2}\n',
  says: [/own\.yaml:10 {2}launcher\.processes/],
});
