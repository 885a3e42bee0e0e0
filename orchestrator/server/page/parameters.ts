import { z } from 'zod';
import { plainName } from '../../shared/plain-name.ts';

/** A run to be made, as `checkRunName` has it: nothing that leads to another folder. */
export const newRunName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'is not the name of a run');

/** A run that is read, or one of its versions: `beauty@2`. */
export const runName = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}(@[1-9]\d{0,5})?$/, 'is not the name of a run');

export const sweepParameters = z.strictObject({ name: plainName });

export const runParameters = z.strictObject({ name: runName });

/** A recipe of the page; the reader of recipes has the same limit. */
export const recipeText = z.string().max(200_000);
