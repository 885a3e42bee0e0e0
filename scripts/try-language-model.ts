/**
 * How often a language model understands what rules do, or more: twenty sentences about the catalogue of a run, whose
 * meaning is known since they are made from it.
 *
 *   npx tsx scripts/try-language-model.ts RUN --url http://127.0.0.1:8000/v1 --model small [--runs-dir runs] [--timeout 60000]
 */
import { parseArgs } from 'node:util';
import type { Item } from '../orchestrator/dataset/types.ts';
import { openRunArtefacts } from '../orchestrator/serving/run-artefacts.ts';
import { createRandom } from '../orchestrator/shared/random.ts';
import { createUnderstanding, type Intent } from '../orchestrator/understanding/index.ts';
import { createCatalogueFacts } from '../orchestrator/understanding/language-model/catalogue-facts.ts';
import { openLanguageModel } from '../orchestrator/understanding/language-model/open-language-model.ts';
import { understandWith } from '../orchestrator/understanding/language-model/understand-with.ts';
import { wordReply } from '../orchestrator/understanding/language-model/word-reply.ts';
import { languageModelSettings } from '../orchestrator/understanding/settings.ts';

interface Sentence {
  text: string;
  /** What has to be understood, each by itself. */
  expected: ((intent: Intent) => boolean)[];
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    model: { type: 'string', default: 'default' },
    'runs-dir': { type: 'string', default: 'runs' },
    timeout: { type: 'string', default: '60000' },
  },
});
const kindOf = ({ categories }: Item) => categories.join(' > ').split(' > ').at(-1) ?? '';
const wants = (item: Item) => (intent: Intent) =>
  intent.wishes.some(
    ({ categories, words, text }) =>
      categories.some((path) => path.endsWith(kindOf(item))) ||
      `${words.join(' ')} ${text}`.toLowerCase().includes(kindOf(item).toLowerCase()),
  );
const wantsBrand =
  ({ brand }: Item) =>
  ({ wishes }: Intent) =>
    wishes.some(({ brands }) => brands.includes(brand));
const withoutBrand =
  ({ brand }: Item) =>
  ({ without }: Intent) =>
    without.some(({ brands }) => brands.includes(brand));
const costs = (most: number | null, least: number | null) => (intent: Intent) =>
  intent.limits.some(({ field, min, max }) => field === 'price' && max === most && min === least);

const kinds: ((one: Item, other: Item) => Sentence)[] = [
  (one) => ({ text: `I am looking for ${kindOf(one)}`, expected: [wants(one)] }),
  (one) => ({ text: `do you have ${kindOf(one)} by ${one.brand}?`, expected: [wants(one), wantsBrand(one)] }),
  (one, other) => ({
    text: `${kindOf(one)}, but nothing from ${other.brand} please`,
    expected: [wants(one), withoutBrand(other)],
  }),
  (one) => ({ text: `${kindOf(one)} under 30`, expected: [wants(one), costs(30, null)] }),
  (one) => ({ text: `${kindOf(one)} between 10 and 25 euros`, expected: [wants(one), costs(25, 10)] }),
  (one) => ({
    text: `the cheapest ${kindOf(one)} you have`,
    expected: [wants(one), ({ order }) => order === 'cheapest'],
  }),
  (one, other) => ({
    text: `I need ${kindOf(one)} and also ${kindOf(other)}`,
    expected: [wants(one), wants(other)],
  }),
  (one) => ({
    text: `I would not mind paying over 50 for really good ${kindOf(one)}`,
    expected: [wants(one), costs(null, 50)],
  }),
  (one) => ({ text: `hab ihr ${kindOf(one)} von ${one.brand}?`, expected: [wants(one), wantsBrand(one)] }),
  (one, other) => ({
    text: `My neighbour swears by ${other.brand}, I do not. ${kindOf(one)}?`,
    expected: [wants(one), withoutBrand(other)],
  }),
];

const { artefacts } = await openRunArtefacts(values['runs-dir'], positionals[0]);
const { items } = artefacts.dataset;
const understanding = made(createUnderstanding(items));
const facts = made(createCatalogueFacts(items));
const model = openLanguageModel(
  languageModelSettings.parse({
    base_url: values.url,
    model: values.model,
    timeout_ms: Number(values.timeout),
  }),
  process.env,
  // Every question is asked, whatever became of those before it.
  () => performance.now() * 1e6,
);
const counts = { answers: 0, rules: 0, model: 0, expected: 0, better: 0, worse: 0, worded: 0, seconds: 0 };
for (const { text, expected } of sentencesOf(items)) {
  const turns = [{ text, shown: [] }];
  const rules = understanding.read(turns);
  const began = performance.now();
  const { intent, note } = await understandWith(model, rules, turns, facts);
  counts.seconds += (performance.now() - began) / 1000;
  const right = (one: Intent) => expected.filter((holds) => holds(one)).length;
  const [byRules, byModel] = [right(rules), note ? 0 : right(intent)];
  counts.expected += expected.length;
  counts.rules += byRules;
  counts.model += byModel;
  if (!note) {
    counts.answers++;
    if (byModel > byRules) counts.better++;
    if (byModel < byRules) counts.worse++;
  }
  const words = text.slice(0, 80);
  const reply = await wordReply(model, {
    intent: rules,
    words,
    list: items.slice(0, 3).map((item) => item.title),
  });
  if (!reply.note) counts.worded++;
  process.stdout.write(
    `${text}\n  rules ${byRules} of ${expected.length}; model ${note ?? `${byModel} of ${expected.length}: ${JSON.stringify(intent)}`}\n  reply: ${reply.note ?? reply.words}\n`,
  );
}
process.stdout.write(`${JSON.stringify(counts)}\n`);

function made<T>(work: Generator<undefined, T, undefined>): T {
  for (;;) {
    const piece = work.next();
    if (piece.done) return piece.value;
  }
}

/** Ten kinds of sentences, each about two items. */
function sentencesOf(all: readonly Item[]): Sentence[] {
  const random = createRandom(1, 'sentences');
  const known = all.filter(({ brand, categories }) => brand && categories.length > 0);
  const some = () => known[random.integer(known.length)];
  return [1, 2].flatMap(() => Array.from({ length: kinds.length }, (_, at) => kinds[at](some(), some())));
}
