import type { IndexMethodName } from '../settings.ts';
import type { IndexMethod } from '../types.ts';
import { hierarchicalKmeans } from './hierarchical-kmeans.ts';
import { randomCodes } from './random.ts';
import { residualKmeans } from './residual-kmeans.ts';
import { rqVae } from './rq-vae.ts';

/** The ways of making codes, by the name that a recipe gives. */
export const indexMethods: Record<IndexMethodName, IndexMethod> = {
  'hierarchical-kmeans': hierarchicalKmeans,
  'residual-kmeans': residualKmeans,
  'rq-vae': rqVae,
  random: randomCodes,
};
