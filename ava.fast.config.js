// The unit tier, `npm run test:fast`. The rule, in one place: a folder is in when its tests start no process, open no run
// and compile no graph, and a file of it is out when it alone takes seconds; all of these are left to `npm test`. On two
// cores it stays under a minute, lint and types included.
import base from './ava.config.js';

export default {
  ...base,
  files: [
    'test/architecture.test.ts',
    'test/docs/{errors,page-sources,workflows}.test.ts',
    'test/{peft-job,prompts,recipe,shared,storage}/*.test.ts',
    'test/decoding/{length-batches,top-list}.test.ts',
    '!test/prompts/text-encoder.test.ts',
    '!test/recipe/large-recipes.test.ts',
  ],
};
