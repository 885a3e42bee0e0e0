/** One line of the user's data cannot be used; the reader counts it and goes on. */
export class BrokenLine extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'BrokenLine';
  }
}
