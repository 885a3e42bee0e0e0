// The tests of the PyTorch engine: they need Python, so that plain `npm test` leaves them out. `npm run test:peft` runs them.
import base from './ava.config.js';

export default {
  ...base,
  files: ['test/peft/**/*.test.ts'],
  // Clusters begin and end for half of the time of their tests: one more than two cores compute.
  concurrency: 3,
  timeout: '15m',
};
