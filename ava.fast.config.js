// The unit tier, `npm run test:fast`. The rule, in one place: a folder is in when its tests start no process, open no run
// and compile no graph that is trained; of the others, all is left to `npm test`. It stays under a minute on two cores.
import base from './ava.config.js';

export default {
  ...base,
  files: [
    'test/architecture.test.ts',
    'test/docs/{errors,page-sources,workflows}.test.ts',
    'test/{decoding,peft-job,prompts,recipe,shared,storage}/*.test.ts',
  ],
};
