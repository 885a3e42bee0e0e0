/** `eager-llm sweep` with the fixture's stages, two jobs or as many as JOBS says: fixture-sweep.ts SWEEP RUNS_FOLDER [a.b=value …] */
import { explainFailure } from '../../orchestrator/cli/explain-failure.ts';
import { runSweepCommand } from '../../orchestrator/cli/run-sweep.ts';
import { stages, stagesModule } from '../stages/fixture-stages.ts';

const [file, runsFolder, ...set] = process.argv.slice(2);
try {
  await runSweepCommand({
    file,
    set,
    only: [],
    jobs: Number(process.env.JOBS ?? 2),
    runsFolder,
    latex: false,
    json: false,
    stages,
    module: stagesModule,
  });
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(text);
  process.exitCode = exitCode;
}
