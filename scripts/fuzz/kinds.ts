import type { FuzzKind } from './fuzz-kind.ts';
import { readers } from './readers.ts';
import { recipes } from './recipes.ts';
import { tokenizers } from './tokenizers.ts';
import { vectors } from './vectors.ts';
import { weights } from './weights.ts';

export const kinds: readonly FuzzKind[] = [readers, recipes, tokenizers, weights, vectors];
