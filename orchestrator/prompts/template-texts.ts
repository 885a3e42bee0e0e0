import type { PromptTemplates, TemplatePart } from './types.ts';

/** The words of all templates, for a tokenizer that is trained on what the model will read. */
export function* templateTexts({ frame, tasks }: PromptTemplates): Iterable<string> {
  yield frame.before + frame.between;
  for (const templates of Object.values(tasks))
    for (const { prompt, response } of templates)
      for (const parts of [prompt, response]) yield parts.map(textOf).join(' ');
}

function textOf(part: TemplatePart): string {
  return 'text' in part ? part.text : '';
}
