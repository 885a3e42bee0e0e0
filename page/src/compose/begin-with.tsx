import type { RecipesAnswer } from '../../../orchestrator/server/page/wire.ts';
import { Prose } from '../parts/prose.tsx';
import { keepDraft } from '../state/draft.ts';
import { ownValues } from './document.ts';
import { draftFrom } from './draft-from.ts';
import type { Schema } from './schema.ts';

/** The recipes that come with eager-llm, each with what it is; the one that the text builds on stays chosen. */
export function BeginWith({ recipes, text }: { recipes: RecipesAnswer; text: string }) {
  const chosen = baseOf(recipes, text);
  return (
    <label class="choice begin-with">
      begin with{' '}
      <select
        value={chosen?.name ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const next = recipes.shipped.find(({ name }) => name === value);
          if (next) keepDraft(draftFrom(next, recipes.schema as Schema));
        }}
      >
        {!chosen && <option value="">a recipe …</option>}
        {recipes.shipped.map(({ name, purpose }) => (
          <option key={name} value={name}>
            {name} – {clauseOf(purpose)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What the recipe is that the text builds on, and what it needs; nothing where it builds on none of these. */
export function AboutBase({ recipes, text }: { recipes: RecipesAnswer; text: string }) {
  const chosen = baseOf(recipes, text);
  if (!chosen) return null;
  const needs = clauseOf(chosen.prerequisite);
  return (
    <p class="hint">
      <Prose text={`${chosen.purpose}${needs && needs !== 'none' ? ` Needs ${needs}.` : ''}`} />
    </p>
  );
}

function baseOf({ shipped }: RecipesAnswer, text: string): RecipesAnswer['shipped'][number] | undefined {
  const base = ownValues(text)?.extends;
  return shipped.find(({ name }) => name === base);
}

/** A list has room for the beginning of a sentence. */
function clauseOf(text: string): string {
  return text.split(/[:;.](?= |$)/)[0];
}
