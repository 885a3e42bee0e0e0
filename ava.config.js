// Tests run from the TypeScript sources; nothing has to be built first.

// These take longest: begun first, so that no core idles at the end. The run that `whole/smoke` makes is what the tests
// of the server read.
const first = `
  whole/smoke whole/shop whole/production whole/kills vocabulary/matrix cli/run cli/sweep whole/sweep whole/broken-runs
  whole/lists whole/own-parts whole/given-vectors whole/t5-recipes whole/field-llama whole/eager whole/liger whole/fusion
  continuation/continue docs/readme
  embedding/behaviour item-index/rq-vae launch/real-slurm server/page-routes server/attacks cli/chat serving/live-run
  export/export-run stages/run-stages runs/whole-stages peft/ray peft/launchers peft/two-engines peft/t5.`
  .trim()
  .split(/\s+/);
const placeOf = (file) => {
  const place = first.findIndex((name) => file.replaceAll('\\', '/').includes(`/test/${name}`));
  return place < 0 ? first.length : place;
};

export default {
  files: ['test/**/*.test.ts', '!test/end-to-end/**', '!test/peft/**', '!test/clients/**'],
  extensions: { ts: 'module' },
  nodeArguments: [`--import=${new URL('./scripts/typescript/load.mjs', import.meta.url)}`],
  workerThreads: false,
  // Threads of the runtime wait awake: on models as small as those of tests they take twice the time, from other tests.
  environmentVariables: { EAGER_LLM_THREADS: '1' },
  // One more than the cores of the smallest machine: some tests wait, for servers, queues and time limits.
  concurrency: 3,
  sortTestFiles: (one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1),
  timeout: '5m',
};
