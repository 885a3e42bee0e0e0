/** `eager-llm run` with the fixture's stages: fixture-run.ts RECIPE RUNS_FOLDER [a.b=value …] */
import { explainFailure } from '../../orchestrator/cli/explain-failure.ts';
import { runRecipe } from '../../orchestrator/cli/run-recipe.ts';
import { stages, stagesModule } from '../stages/fixture-stages.ts';

const [recipe, runsFolder, ...set] = process.argv.slice(2);
try {
  await runRecipe({
    recipe,
    set,
    run: 'first',
    runsFolder,
    until: undefined,
    from: undefined,
    json: false,
    stages,
    module: stagesModule,
  });
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(text);
  process.exitCode = exitCode;
}
