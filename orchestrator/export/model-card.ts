import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { markdownRows, metricsTableMarkdown } from '../evaluation/metrics-table.ts';
import { type EvaluationResult, readResult, resultFile } from '../evaluation/result.ts';
import { ownProtocol } from '../evaluation/seen-items.ts';
import { formatStageFigure } from '../evaluation/stage-figures.ts';
import { parameterCount } from '../models/model-tensors.ts';
import { readModel } from '../models/registry.ts';
import { isPathSetting } from '../recipe/paths.ts';
import type { RunRecord, VouchedBy } from '../runs/run-record.ts';
import { writeFileAtomic } from '../storage/atomic-file.ts';
import { isHubId } from '../storage/hub-files.ts';
import { treeFileName } from './decoding-tree.ts';
import { examplePrompt } from './example-prompt.ts';
import type { ExportedRun, ExportForm } from './exported-run.ts';
import {
  loadAdapter,
  loadMerged,
  olderScriptSnippet,
  pythonSnippet,
  scriptSnippet,
} from './loading-snippets.ts';
import { withoutFolders } from './without-folders.ts';
import { adapterBaseFolder, publicName, type RunAdapter } from './write-adapter.ts';

export interface CardDetails {
  to: ExportForm;
  adapter: RunAdapter | null;
  record: RunRecord;
  recipeFile: string;
}

/** Writes `README.md`, the model card of the hubs: what it is, how it is loaded, how it was made and measured. */
export function writeModelCard(run: ExportedRun, details: CardDetails, folder: string): void {
  const sections = [
    frontMatter(run, details),
    introduction(run, details),
    loading(run, details),
    codes(run),
    evaluation(run, details),
    data(run),
    making(run, details),
    limits(run),
  ];
  writeFileAtomic(join(folder, 'README.md'), `${sections.join('\n\n')}\n`);
}

function frontMatter({ recipe }: ExportedRun, { to }: CardDetails): string {
  const base = recipe.model.base_model;
  // On a hub; a folder's name says nothing there.
  const onHub = base !== null && isHubId(base) && base.includes('/');
  const lines = [
    `library_name: ${{ hf: 'transformers', peft: 'peft', onnx: 'transformers.js', 'rtp-llm': 'rtp-llm' }[to]}`,
    'pipeline_tag: text-generation',
    ...(onHub ? [`base_model: ${base}`] : []),
    'tags: [recommendation, generative-retrieval, eager-llm]',
  ];
  return ['---', ...lines, '---'].join('\n');
}

function introduction({ name, recipe, artefacts, modelFolder }: ExportedRun, { to }: CardDetails): string {
  const { dataset, index } = artefacts;
  const definition = readModel(modelFolder);
  const what = {
    hf: 'The whole model, adapters merged in, in float32.',
    peft: 'The LoRA adapter, with the rows of the tokens that stand for items.',
    onnx: 'The whole model as ONNX in float32, for transformers.js and other runtimes of ONNX.',
    'rtp-llm': `The whole model, adapters merged in, in float32, and the tree of codes (\`${treeFileName}\`) for RTP-LLM.`,
  }[to];
  const base = recipe.model.base_model;
  return `# ${name}

A ${definition.title} of ${(parameterCount(definition) / 1e6).toPrecision(3)} million parameters that recommends: it continues a history of items, each written as a code of ${index.levels} tokens, with the code of an item. ${what} It knows ${dataset.items.length.toLocaleString('en-US')} items and was made by eager-llm with the method EAGER-LLM (WWW 2025, arXiv 2502.14735).

**Base and licence.** ${
    base
      ? `Tuned from \`${publicName(base)}\`, whose licence holds for these weights too.`
      : 'Trained from scratch; no other weights went in.'
  } \`codes.json\` and the tokenizer hold ids and titles of the catalogue: look at what may be published of them, and name a licence here before you do.`;
}

function loading(run: ExportedRun, { to, adapter }: CardDetails): string {
  const example = examplePrompt(run.artefacts);
  const beams = run.recipe.decoding.num_beams;
  const title = '## How to load it';
  if (to === 'onnx')
    return `${title}

\`@huggingface/transformers\` 4, in Node; give this folder as the argument. It decodes greedily, so this finds one item:

\`\`\`js
${scriptSnippet(example)}\`\`\`

\`@xenova/transformers\` 2.17 has beams, which nothing keeps to codes that exist (look them up in \`codes.json\`); the file's name has to be given:

\`\`\`js
${olderScriptSnippet(example, run.artefacts.index.levels)}\`\`\``;
  const definition = readModel(run.modelFolder);
  const isEncoderDecoder = definition.adapterTask === 'SEQ_2_SEQ_LM';
  const autoClass = isEncoderDecoder ? 'AutoModelForSeq2SeqLM' : 'AutoModelForCausalLM';
  const base = adapter && 'outside' in adapter.base ? publicName(adapter.base.outside) : adapterBaseFolder;
  const load =
    to === 'peft' ? loadAdapter(base, definition.config.vocab_size, autoClass) : loadMerged(autoClass);
  return `${title}

${to === 'rtp-llm' ? treeNote(run) : ''}${adapter ? baseNote(adapter) : ''}In Python, with this folder as the working directory; the beams are kept to codes that exist:

\`\`\`python
${pythonSnippet(example, beams, load, isEncoderDecoder)}\`\`\``;
}

function treeNote({ artefacts: { index }, recipe }: ExportedRun): string {
  return `With RTP-LLM: this folder is the server's checkpoint, and \`TREE_DECODE_CONFIG=${treeFileName}\` in its environment keeps all that it writes to codes that exist. Ask for \`num_beams\` ${recipe.decoding.num_beams} and \`max_new_tokens\` ${index.levels}, with the prompt of the example below. **This was not run**: the file is as RTP-LLM's documentation describes it (LogitsProcessor, Tree Decode), and nothing here has loaded it there. What follows was run.

`;
}

function baseNote({ base }: RunAdapter): string {
  return 'outside' in base
    ? `The adapter sits on \`${publicName(base.outside)}\`, which is not in this folder: give its hub id or its folder. `
    : `The adapter sits on \`${adapterBaseFolder}/\`, the model after the part "${base.part}" of the training. `;
}

function codes({ artefacts: { index } }: ExportedRun): string {
  return `## The codes

\`codes.json\` has every code with its text, its token ids and its items: \`{"levels": ${index.levels}, "codes": [{"code": "…", "token_ids": […], "items": [{"item_id": "…", "title": "…"}]}, …]}\`. A history is the codes of its items, oldest first, in the form of the example above.`;
}

function evaluation({ folderOf }: ExportedRun, { record: { vouched_by: vouched } }: CardDetails): string {
  const file = evaluationFile(folderOf);
  if (!file && vouched) return `## Figures\n\n${vouchedFigures(vouched)}`;
  return `## Figures

${file ? figuresOf(readResult(file)) : 'This run was not evaluated.'}`;
}

function figuresOf(result: EvaluationResult): string {
  const unlike =
    ownProtocol(result.protocol) === 'removed'
      ? '\n\nLists of this run are without what a user has. The code above leaves nothing out: ask for as many more beams as the history has items, and drop these.'
      : '';
  return `${metricsTableMarkdown(result)}${unlike}`;
}

/** Of a model that learned from all events. */
function vouchedFigures({ run, metrics }: VouchedBy): string {
  return `This model learned from all events, so nothing was left to evaluate it on. It was trained by the recipe of the run \`${run}\`, and as long as was best there; that run, which had its last events held out, was evaluated:

${markdownRows(
  ['figure', 'value'],
  1,
  Object.entries(metrics).map(([name, value]) => [name, formatStageFigure(name, value)]),
).join('\n')}`;
}

/** null where the evaluation was not done, or was done of an earlier version of the run. */
function evaluationFile(folderOf: ExportedRun['folderOf']): string | null {
  try {
    return join(folderOf('evaluation'), resultFile);
  } catch {
    return null;
  }
}

function data({ recipe: { dataset, prompts }, artefacts }: ExportedRun): string {
  const { items, userIds, events } = artefacts.dataset;
  const count = (value: number) => value.toLocaleString('en-US');
  const split =
    dataset.split === 'leave-one-out'
      ? 'of every user the last item is the test target and the one before it the validation target; only what came before them was learned'
      : dataset.split === 'none'
        ? 'all of them were learned'
        : `split by ${dataset.split}`;
  return `## Data

${count(userIds.length)} users, ${count(items.length)} items, ${count(events.length)} interactions after a ${dataset.k_core}-core filter; ${split}. Histories have at most ${dataset.history_limit} items, rows at most ${prompts.max_length} tokens (layout \`${prompts.layout}\`).`;
}

function making({ recipe }: ExportedRun, { record, recipeFile }: CardDetails): string {
  const parts = recipe.training.stages.map(
    ({ name, tuning, epochs }) => `${name} (${tuning}, ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'})`,
  );
  const versions = Object.entries(record.versions).map(([name, version]) => `${name} ${version}`);
  const yaml = publicRecipe(recipeFile);
  const fence = '`'.repeat(1 + Math.max(2, ...[...yaml.matchAll(/`+/g)].map(([run]) => run.length)));
  return `## How it was made

Training: ${parts.join(', then ')}. Seed ${record.seed}; ${versions.join(', ')}${record.commit ? `; commit ${record.commit.slice(0, 10)}` : ''}. The recipe, with every default filled in:

<details>

${fence}yaml
${yaml.trimEnd()}
${fence}

</details>`;
}

/** The recipe of the run without its header, which says where it lay, and without any folder of this machine. */
function publicRecipe(file: string): string {
  const recipe = withoutFolders(parse(readFileSync(file, 'utf8')), isPathSetting);
  return `# Made by eager-llm, with every default filled in.\n${stringify(recipe, { lineWidth: 0 })}`;
}

function limits({ recipe }: ExportedRun): string {
  return `## Limits

- It knows the items of \`codes.json\` and no others: new items need new codes.
- Without the constraint it can write codes that belong to no item.
- It repeats what the log says, its biases included, and was measured on that log alone; intervals are over users, not over seeds.${
    recipe.model.base_model
      ? '\n- What it says in plain language is no better than its base, and was not measured beyond the tasks above.'
      : '\n- It speaks no language beyond the texts of the catalogue.'
  }`;
}
