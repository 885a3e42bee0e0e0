import { z } from 'zod';

/** A file of vectors that were made elsewhere; null: an encoder makes them. */
export const vectorsPath = z.string().min(1).nullable().default(null);
