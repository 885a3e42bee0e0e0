import { z } from 'zod';

/** A run in a path, as `checkRunName` has it: nothing that leads to another folder. */
export const runParameters = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'is not the name of a run'),
});

export const runName = runParameters.shape.name;

/** A recipe of the page; the reader of recipes has the same limit. */
export const recipeText = z.string().max(200_000);
