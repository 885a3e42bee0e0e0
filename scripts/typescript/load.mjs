// TypeScript for tests and what they start: node --import=./scripts/typescript/load.mjs FILE.ts
// Half of what a start with tsx costs, which counts in hundreds of processes: what is translated is kept on disk.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
