/** A setting that cannot work together with another one. */
export interface Conflict {
  /** Dotted, from where the settings begin. */
  path: string;
  message: string;
  remedy: string;
}

/** The same, in settings that stand at `place` of a larger whole. */
export function* conflictsAt(place: string, conflicts: Iterable<Conflict>): Generator<Conflict> {
  for (const conflict of conflicts) yield { ...conflict, path: `${place}.${conflict.path}` };
}
