import { z } from 'zod';

/** A name that is safe as the name of a folder on every system: no separators, no leading dot, not too long. */
export const plainName = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/,
    'at most 64 letters, digits, dots, - or _, beginning with a letter or digit',
  );
