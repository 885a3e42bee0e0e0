// The page in a real browser: `npm run test:e2e`, which finds or installs one first.
export default {
  files: ['test/end-to-end/**/*.test.ts'],
  extensions: { ts: 'module' },
  nodeArguments: [`--import=${new URL('./scripts/typescript/load.mjs', import.meta.url)}`],
  workerThreads: false,
  environmentVariables: { EAGER_LLM_THREADS: '1' },
  concurrency: 1,
  timeout: '15m',
};
