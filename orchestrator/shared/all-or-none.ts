/**
 * Work that belongs together, begun at the same time: if one part fails, the others are withdrawn by the signal that they
 * were given, which `signal` aborts, too.
 */
export async function allOrNone<T>(
  signal: AbortSignal | undefined,
  begin: (signal: AbortSignal) => readonly Promise<T>[],
): Promise<T[]> {
  const all = new AbortController();
  try {
    return await Promise.all(begin(signal ? AbortSignal.any([signal, all.signal]) : all.signal));
  } catch (error) {
    all.abort(error);
    throw error;
  }
}
