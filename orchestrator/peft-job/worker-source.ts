import { join } from 'node:path';
import { packageRoot } from '../shared/package-root.ts';

/** The worker, as it goes into every job. */
export const workerSource = join(packageRoot, 'trainers', 'peft');
