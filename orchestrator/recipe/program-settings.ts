import type { z } from 'zod';
import { type Launcher, launcherOf } from '../launch/launchers/index.ts';
import type { Recipe } from './schema.ts';

/**
 * Paths of the settings that are given and say what program is started, or which other machine takes part: not for
 * recipes that come over the wire.
 */
export function programSettings({ launcher }: Pick<Recipe, 'launcher'>): string[] {
  return givenPrograms(launcherOf(launcher), launcher).map((name) => `launcher.${name}`);
}

/** Those of one launcher. What differs from the default was given, as was all that has none. */
export function givenPrograms({ settings, startsPrograms }: Launcher, given: object): string[] {
  const values = given as Record<string, unknown>;
  return ['python', ...startsPrograms].filter((name) => {
    const { success, data } = (settings.shape[name] as z.ZodType).safeParse(undefined);
    return !success || JSON.stringify(data) !== JSON.stringify(values[name]);
  });
}
