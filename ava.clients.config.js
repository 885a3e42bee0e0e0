// Clients of OpenAI's protocol, and MLflow, from npm and PyPI: `npm run test:clients`, which installs them outside of this folder first.
import base from './ava.config.js';

export default { ...base, files: ['test/clients/**/*.test.ts'], concurrency: 2, timeout: '5m' };
