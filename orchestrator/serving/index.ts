/** The library door: what `import … from 'eager-llm'` gives. Terminal, server and page use nothing else. */
export { UserError } from '../shared/errors.ts';
export * from './contract/index.ts';
export { type OpenRun, type OpenRunOptions, openRun } from './open-run.ts';
