/** One line of the user's data cannot be used; the reader counts it and goes on. */
export class BrokenLine extends Error {
  /** What to do about lines of this kind, where it can be said. */
  readonly remedy: string | undefined;

  constructor(reason: string, remedy?: string) {
    super(reason);
    this.name = 'BrokenLine';
    this.remedy = remedy;
  }
}
