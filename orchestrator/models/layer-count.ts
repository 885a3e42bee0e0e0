import { z } from 'zod';

/** Deeper than any model there is; a damaged number must not lead to a list of billions of tensors. */
const most = 1000;

/** How many layers a `config.json` may ask for. */
export const layerCount = z.int().positive().max(most);
