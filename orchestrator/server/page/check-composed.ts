import { inputProblems } from '../../inputs/check-inputs.ts';
import type { Problem } from '../../recipe/problem.ts';
import { programSettings } from '../../recipe/program-settings.ts';
import { checkRecipeText, type ResolvedRecipe } from '../../recipe/resolve-recipe.ts';
import type { Recipe } from '../../recipe/schema.ts';
import { lineToMend } from './line-to-mend.ts';
import type { LineProblem } from './wire.ts';

const label = 'this recipe';

/** A text from the page, resolved within the folders that it may read; every problem with its line. */
export async function checkComposed(
  text: string,
  folders: readonly string[],
): Promise<{ resolved: ResolvedRecipe | null; problems: LineProblem[]; written: unknown }> {
  const { resolved, problems, written } = checkRecipeText(text, { label, folder: process.cwd(), folders });
  const further = resolved && problems.length === 0 ? await inputProblems(resolved.recipe) : [];
  const refused = resolved ? [...programsOf(resolved.recipe), ...addressesOf(resolved.recipe)] : [];
  const all = [...problems, ...refused, ...further].map((problem) => ({
    ...problem,
    ...placeIn(text, problem),
  }));
  return { resolved: all.length === 0 ? resolved : null, problems: all, written };
}

function programsOf(recipe: Recipe): Problem[] {
  return programSettings(recipe).map((path) => ({
    place: label,
    path,
    message: 'says what to start, which a recipe of the page may not',
    remedy: 'Leave it out, or start this recipe in a terminal: eager-llm run.',
  }));
}

/** Conversations, figures and keys would go to an address that somebody else chose. */
function addressesOf({ chat, trackers = [] }: Recipe): Problem[] {
  const told: Problem[] = trackers.map((_, at) => ({
    place: label,
    path: `trackers.${at}`,
    message: 'says where runs are told of, which a recipe of the page may not',
    remedy: 'Leave it out, or start this recipe in a terminal: eager-llm run.',
  }));
  if (!chat?.language_model) return told;
  return [
    ...told,
    {
      place: label,
      path: 'chat.language_model',
      message: 'says where conversations are sent, which a recipe of the page may not',
      remedy: 'Leave it out, and name it when you serve the run: --set chat.language_model.base_url=….',
    },
  ];
}

/** What lies in a recipe that is extended is mended in the text as well, by a setting of its own. */
function placeIn(text: string, { place, path }: Problem): Pick<LineProblem, 'line' | 'is_elsewhere'> {
  const match = /^this recipe:(\d+)$/.exec(place);
  if (match) return { line: Number(match[1]), is_elsewhere: false };
  return { line: path === '' ? null : lineToMend(text, path), is_elsewhere: place !== label };
}
