import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { placeInYaml } from './place-in-yaml.ts';
import { choicesOf, isSection, itemsOf, kindOf, propertiesOf, type Schema, schemaAt } from './schema.ts';

/** Names and values of a recipe, from its schema; `shipped` are the recipes that can be extended by name. */
export function completeRecipe(schema: Schema, shipped: readonly string[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const place = placeInYaml(context.state.sliceDoc(0, context.pos));
    if (!place || (place.written === '' && !context.explicit && place.key === null)) return null;
    const map = schemaAt(schema, place.path);
    if (!map) return null;
    const from = context.pos - place.written.length;
    if (place.key === null) return { from, options: namesOf(map), validFor: /^[\w-]*$/ };
    const value = schemaAt(map, [place.key]);
    const options =
      place.key === 'extends' && place.path.length === 0
        ? shipped.map((label): Completion => ({ label, type: 'constant', detail: 'comes with eager-llm' }))
        : value
          ? valuesOf(value)
          : [];
    return options.length > 0 ? { from, options, validFor: /^[\w.-]*$/ } : null;
  };
}

function namesOf(map: Schema): Completion[] {
  return Object.entries(propertiesOf(map)).map(([label, schema]) => ({
    label,
    type: 'property',
    detail: kindOf(schema),
    apply: isSection(schema) ? openSection : `${label}: `,
    info: [
      schema.description ?? '',
      schema.default === undefined ? '' : `default: ${JSON.stringify(schema.default)}`,
    ]
      .filter(Boolean)
      .join('\n'),
  }));
}

/** A section goes on below its name, indented. */
function openSection(view: EditorView, { label }: Completion, from: number, to: number): void {
  const column = from - view.state.doc.lineAt(from).from;
  const insert = `${label}:\n${' '.repeat(column + 2)}`;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
}

function valuesOf(schema: Schema): Completion[] {
  const items = itemsOf(schema);
  const choices = choicesOf(schema) ?? (items && choicesOf(items)) ?? [];
  const isPlain = schema.default === null || ['string', 'number', 'boolean'].includes(typeof schema.default);
  const others = isPlain ? [schema.default] : [];
  return [...new Set([...choices, ...others].map((value) => plain(value)))].map((label) => ({
    label,
    type: 'constant',
    ...(label === plain(schema.default) ? { detail: 'default' } : {}),
  }));
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
