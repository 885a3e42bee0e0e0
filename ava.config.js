// Tests run from the TypeScript sources; nothing has to be built first.
export default {
  files: ['test/**/*.test.ts', '!test/end-to-end/**', '!test/peft/**'],
  extensions: { ts: 'module' },
  nodeArguments: [`--import=${new URL('./scripts/typescript/load.mjs', import.meta.url)}`],
  workerThreads: false,
  concurrency: 2,
  timeout: '5m',
};
