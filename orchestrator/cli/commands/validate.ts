import type { CommandModule } from 'yargs';
import { findRecipe } from '../../recipe/find-recipe.ts';
import { describeProblem, recipeError, shownPath } from '../../recipe/problem.ts';
import { checkRecipe } from '../../recipe/resolve-recipe.ts';
import { exitCodes } from '../explain-failure.ts';
import { printDocument, say } from '../print.ts';
import { printJson, withJson, withRecipe } from './options.ts';

interface ValidateArguments {
  recipe: string;
  set: string[];
  json: boolean;
}

export const validateCommand: CommandModule<unknown, ValidateArguments> = {
  command: 'validate <recipe>',
  describe:
    'check a recipe and the files that it names, data too, and print it with every default filled in; nothing is run',
  builder: (argv) =>
    withJson(withRecipe(argv))
      .example('$0 validate recipes/quickstart.yaml', 'lists all problems, or prints the whole recipe')
      .example(
        '$0 validate recipes/beauty.yaml --set model.hidden_size=384 --json',
        'the effect of a setting, as JSON',
      ),
  handler: async ({ recipe, set, json }) => {
    const { dataProblems, inputProblems } = await import('../../inputs/check-inputs.ts');
    const { resolved, problems } = checkRecipe(recipe, { set });
    if (resolved)
      problems.push(...(await inputProblems(resolved.recipe)), ...(await dataProblems(resolved.recipe)));
    if (json) {
      printJson({
        valid: problems.length === 0,
        problems: problems.map((problem) => ({ ...problem, text: describeProblem(problem).trim() })),
        recipe: resolved?.recipe ?? null,
      });
      if (problems.length > 0) process.exitCode = exitCodes.mistake;
      return;
    }
    if (!resolved || problems.length > 0) throw recipeError(findRecipe(recipe, process.cwd()), problems);
    printDocument(resolved.yaml);
    say(`${shownPath(resolved.file)} is valid`);
  },
};
