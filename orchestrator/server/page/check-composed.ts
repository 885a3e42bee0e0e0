import type { Problem } from '../../recipe/problem.ts';
import { checkRecipeText, type ResolvedRecipe } from '../../recipe/resolve-recipe.ts';
import type { Recipe } from '../../recipe/schema.ts';
import { inputProblems } from '../../stages/check-inputs.ts';
import type { LineProblem } from './wire.ts';

const label = 'this recipe';

/** A text from the page, resolved within the folders that it may read; every problem with its line. */
export async function checkComposed(
  text: string,
  folders: readonly string[],
): Promise<{ resolved: ResolvedRecipe | null; problems: LineProblem[] }> {
  const { resolved, problems } = checkRecipeText(text, { label, folder: process.cwd(), folders });
  const further = resolved && problems.length === 0 ? await inputProblems(resolved.recipe) : [];
  const programs = resolved ? programsOf(resolved.recipe) : [];
  const all = [...problems, ...programs, ...further].map((problem) => ({
    ...problem,
    line: lineOf(problem),
  }));
  return { resolved: all.length === 0 ? resolved : null, problems: all };
}

/** Settings that would start a program of the text's own choice, or let another machine take part. */
function programsOf({ launcher }: Recipe): Problem[] {
  const given = {
    'launcher.python': launcher.python !== null,
    'launcher.prologue': launcher.kind === 'slurm' && launcher.prologue.length > 0,
    'launcher.directives': launcher.kind === 'slurm' && launcher.directives.length > 0,
    'launcher.rendezvous':
      (launcher.kind === 'torchrun' || launcher.kind === 'accelerate') && launcher.rendezvous !== null,
  };
  return Object.entries(given)
    .filter(([, isGiven]) => isGiven)
    .map(([path]) => ({
      place: label,
      path,
      message: 'says what to start, which a recipe of the page may not',
      remedy: 'Leave it out, or start this recipe in a terminal: eager-llm run.',
    }));
}

function lineOf({ place }: Problem): number | null {
  const match = /^this recipe:(\d+)$/.exec(place);
  return match ? Number(match[1]) : null;
}
