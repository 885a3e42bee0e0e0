// Tests run from the TypeScript sources (tsx); nothing has to be built first.
export default {
  files: ['test/**/*.test.ts', '!test/end-to-end/**', '!test/peft/**'],
  extensions: { ts: 'module' },
  nodeArguments: ['--import=tsx'],
  workerThreads: false,
  concurrency: 2,
  timeout: '5m',
};
