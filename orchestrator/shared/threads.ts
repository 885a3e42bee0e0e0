let limit: number | undefined;

/** How many processor threads a computation of this process may use; undefined: all cores. */
export function threadLimit(): number | undefined {
  return limit;
}

/** To be set once, before anything heavy begins: processes that share a machine get a part of it each. */
export function limitThreads(threads: number | undefined): void {
  limit = threads;
}
