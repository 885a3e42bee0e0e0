import { join } from 'node:path';
import { packageRoot } from '../../shared/package-root.ts';

/** Where `npm run build` leaves the page; the package comes with it. */
export const builtPage: string = join(packageRoot, 'dist', 'page');
