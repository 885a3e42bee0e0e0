import type { ExamplePrompt } from './example-prompt.ts';

/** How a prompt is given in a snippet: as text where text gives the same ids. */
const pythonPrompt = ({ text, ids }: ExamplePrompt) =>
  text === null
    ? `prompt = {"input_ids": torch.tensor([[${ids.join(', ')}]])}`
    : `prompt = tokenizer(${JSON.stringify(text)}, return_tensors="pt")`;

/** Python: lists of items by beams that are kept to codes that exist; an encoder-decoder writes them behind a start token of its own. */
export function pythonSnippet(
  example: ExamplePrompt,
  numBeams: number,
  load: string,
  isEncoderDecoder: boolean,
): string {
  return `import json
import torch
${load}
codes = json.load(open("codes.json", encoding="utf-8"))
following = {}  # the tokens that may come after each beginning of a code
for code in codes["codes"]:
    for at, token in enumerate(code["token_ids"]):
        following.setdefault(tuple(code["token_ids"][:at]), set()).add(token)

# ${example.titles.map(comment).join(' | ')}
${pythonPrompt(example)}
start = ${isEncoderDecoder ? 1 : 'prompt["input_ids"].shape[1]'}
end = [codes["eos_token_id"]]
found = model.generate(
    input_ids=prompt["input_ids"],
    attention_mask=torch.ones_like(prompt["input_ids"]),
    max_new_tokens=codes["levels"],
    num_beams=${numBeams},
    num_return_sequences=${Math.min(10, numBeams)},
    do_sample=False,
    length_penalty=0.0,
    renormalize_logits=True,
    prefix_allowed_tokens_fn=lambda _, ids: sorted(following.get(tuple(ids[start:].tolist()), end)),
    output_scores=True,
    return_dict_in_generate=True,
)
items = {tuple(code["token_ids"]): code["items"] for code in codes["codes"]}
for beam, score in zip(found.sequences, found.sequences_scores):
    for item in items.get(tuple(beam[start:].tolist()), []):
        print(f"{score:.3f}", item["item_id"], item["title"])
`;
}

export const loadMerged = (autoClass: string) => `from transformers import ${autoClass}, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(".")
model = ${autoClass}.from_pretrained(".", dtype=torch.float32).eval()`;

/** The base gets rows for the added tokens before the adapter, which holds those rows, is put on it. */
export const loadAdapter = (
  base: string,
  vocabularySize: number,
  autoClass: string,
) => `from peft import PeftModel
from transformers import ${autoClass}, AutoTokenizer

tokenizer = AutoTokenizer.from_pretrained(".")
model = ${autoClass}.from_pretrained(${JSON.stringify(base)}, dtype=torch.float32)
model.resize_token_embeddings(${vocabularySize}, mean_resizing=False)
model = PeftModel.from_pretrained(model, ".").eval()`;

const scriptPrompt = ({ text, ids }: ExamplePrompt) =>
  text === null
    ? `const ids = [${ids.join(', ')}];`
    : `const ids = tokenizer.encode(${JSON.stringify(text)});`;

/** transformers.js 4 decodes greedily: one item, kept to codes that exist by a processor of logits. */
export function scriptSnippet(example: ExamplePrompt): string {
  return `import { readFile } from 'node:fs/promises';
import { AutoModelForCausalLM, AutoTokenizer, LogitsProcessor, LogitsProcessorList, Tensor } from '@huggingface/transformers';

const folder = process.argv[2];
const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
const model = await AutoModelForCausalLM.from_pretrained(folder, { local_files_only: true, dtype: 'fp32' });
const { codes, levels } = JSON.parse(await readFile(\`\${folder}/codes.json\`, 'utf8'));

/** Only tokens that lead to a code that exists. */
class OnlyCodes extends LogitsProcessor {
  constructor(start) {
    super();
    this.start = start;
  }
  _call(inputIds, logits) {
    for (const [row, ids] of inputIds.entries()) {
      const begun = ids.slice(this.start).map(Number);
      const fitting = codes.filter(({ token_ids }) => begun.every((id, at) => token_ids[at] === id));
      const allowed = new Set(fitting.map(({ token_ids }) => token_ids[begun.length]));
      const { data } = logits[row];
      for (let id = 0; id < data.length; id++) if (!allowed.has(id)) data[id] = -Infinity;
    }
    return logits;
  }
}

// ${example.titles.map(comment).join(' | ')}
${scriptPrompt(example)}
const input_ids = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
const attention_mask = new Tensor('int64', new BigInt64Array(ids.length).fill(1n), [1, ids.length]);
const logits_processor = new LogitsProcessorList();
logits_processor.push(new OnlyCodes(ids.length));
const [answer] = await model.generate({ input_ids, attention_mask, logits_processor, max_new_tokens: levels, do_sample: false });
const written = answer.tolist().slice(ids.length).map(Number);
const found = codes.find(({ token_ids }) => token_ids.join() === written.join());
console.log(JSON.stringify(found.items));
`;
}

/** @xenova/transformers 2.17, which pages of 2023 and 2024 use, has beams but no constraint on them. */
export function olderScriptSnippet(example: ExamplePrompt, levels: number): string {
  return `import { AutoModelForCausalLM, AutoTokenizer, env, Tensor } from '@xenova/transformers';

env.localModelPath = '/models/'; // a folder above this one, or where the page's server has it
const folder = 'my-shop'; // this folder, below it
const tokenizer = await AutoTokenizer.from_pretrained(folder);
const model = await AutoModelForCausalLM.from_pretrained(folder, { quantized: false, model_file_name: 'model' });
${scriptPrompt(example)}
const input_ids = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
const beams = await model.generate(input_ids, { max_new_tokens: ${levels}, num_beams: 10, num_return_sequences: 10 });
`;
}

/** A title may hold anything; here it must stay on its line. */
function comment(title: string): string {
  return title
    .replace(/[\s\p{C}]+/gu, ' ')
    .replaceAll('`', "'")
    .slice(0, 60);
}
