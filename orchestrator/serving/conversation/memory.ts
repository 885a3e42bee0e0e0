/** The items that a conversation knows of, as item numbers. */
export interface Memory {
  /** Oldest first. */
  history(): readonly number[];
  likes(): readonly number[];
  dislikes(): readonly number[];
  /** Adds items that were not named before; gives those that are new. */
  join(items: readonly number[]): number[];
  like(item: number): number;
  dislike(item: number): number;
  knows(item: number): boolean;
  leave(item: number): void;
  forgetAll(): void;
}

export function createMemory(known: readonly number[]): Memory {
  let history = [...known];
  const likes = new Set<number>();
  const dislikes = new Set<number>();
  /** What was named once is not named anew by reading the same turns again. */
  const named = new Set<number>();
  const leave = (item: number) => {
    history = history.filter((other) => other !== item);
    likes.delete(item);
    dislikes.delete(item);
  };
  const add = (item: number) => {
    leave(item);
    history.push(item);
  };
  return {
    history: () => history,
    likes: () => [...likes],
    dislikes: () => [...dislikes],
    join(items) {
      const added = [...new Set(items)].filter((item) => !named.has(item));
      for (const item of added) {
        named.add(item);
        add(item);
      }
      return added;
    },
    like(item) {
      add(item);
      likes.add(item);
      return item;
    },
    dislike(item) {
      leave(item);
      dislikes.add(item);
      return item;
    },
    knows: (item) => history.includes(item) || dislikes.has(item),
    leave,
    forgetAll() {
      history = [];
      likes.clear();
      dislikes.clear();
      named.clear();
    },
  };
}
