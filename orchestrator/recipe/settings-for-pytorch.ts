import type { Recipe } from './schema.ts';

/** The settings of a recipe that have PyTorch train, or decode. */
export function settingsForPytorch({
  engine,
  decoding,
}: Pick<Partial<Recipe>, 'engine' | 'decoding'>): string[] {
  return [
    ...(engine === 'peft' ? ['engine'] : []),
    ...(decoding?.engine === 'peft' ? ['decoding.engine'] : []),
  ];
}
