import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { isThere } from '../storage/is-there.ts';
import { readJson } from '../storage/json-file.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { ModelConfig, ModelDefinition } from './model.ts';

/** Checks the tensors (names, shapes) and the tokenizer of a folder against its config; all problems in one UserError. */
export function checkBaseModel(folder: string, definition: ModelDefinition, weights: Checkpoint): void {
  const shapes = weights.shapes();
  const problems: string[] = [];
  for (const { name, shape } of definition.tensors) {
    const stored = shapes.get(name);
    if (!stored) problems.push(missing(name, definition));
    else if (`${stored}` !== `${shape}`)
      problems.push(`"${name}" is [${stored}], config.json asks for [${shape}]`);
  }
  const known = new Set(definition.tensors.map(({ name }) => name));
  for (const name of shapes.keys())
    if (definition.computes(name) && !known.has(name))
      problems.push(`"${name}" is there, and no ${definition.title} of this config.json has such a tensor`);
  if (problems.length > 0)
    throw new UserError(
      'model/wrong-weights',
      `${problems.length} tensors do not fit config.json:\n  ${listed(problems)}`,
      {
        place: folder,
        remedy:
          remedyOfNames(definition, shapes) ??
          'config.json and the weights have to come from one model: copy both from there.',
      },
    );
  checkTokenizer(folder, definition.config);
}

/** Weights that were saved as another class, or by a wrapper, have other names for the same tensors. */
function remedyOfNames(
  { embedding, architecture }: ModelDefinition,
  shapes: ReadonlyMap<string, unknown>,
): string | undefined {
  if (shapes.has(embedding)) return undefined;
  const other = [...shapes.keys()].find(
    (name) => name.endsWith(`.${embedding}`) || (name !== '' && embedding.endsWith(`.${name}`)),
  );
  return other && `The weights call it "${other}": save the model as a ${architecture}, without a wrapper.`;
}

function missing(name: string, { embedding, head }: ModelDefinition): string {
  return name === head && head !== embedding
    ? `"${name}" is missing; a model whose head is its embedding says "tie_word_embeddings": true in config.json`
    : `"${name}" is missing`;
}

function listed(problems: string[]): string {
  const shown = problems.slice(0, 8);
  return [...shown, ...(problems.length > shown.length ? ['…'] : [])].join('\n  ');
}

/** Every id of the tokenizer needs a row; more rows than ids are fine. */
function checkTokenizer(folder: string, config: ModelConfig): void {
  const place = join(folder, 'tokenizer.json');
  if (!isThere(place)) return;
  const remedy = 'Take the tokenizer from the same model as the weights.';
  const { model, added_tokens } = (readJson(place, remedy) ?? {}) as {
    model?: { vocab?: Record<string, number> };
    added_tokens?: { id?: number }[];
  };
  let highest = -1;
  for (const id of Object.values(model?.vocab ?? {})) if (id > highest) highest = id;
  for (const token of added_tokens ?? []) if (Number(token.id) > highest) highest = Number(token.id);
  if (highest >= config.vocab_size)
    throw new UserError(
      'model/vocabulary-too-small',
      `the tokenizer gives ids up to ${highest}, the model has rows for ids up to ${config.vocab_size - 1}`,
      { place, remedy },
    );
}
