/** Work that has to be done before a run may close: it may not have reached the queue of the model yet. */
export interface UnderWay {
  add<T>(work: Promise<T>): Promise<T>;
  done(): Promise<void>;
}

export function createUnderWay(): UnderWay {
  const all = new Set<Promise<void>>();
  return {
    add(work) {
      const settled: Promise<void> = work
        .then(
          () => {},
          () => {},
        )
        .finally(() => all.delete(settled));
      all.add(settled);
      return work;
    },
    async done() {
      while (all.size > 0) await Promise.all(all);
    },
  };
}
