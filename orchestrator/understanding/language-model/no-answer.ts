const reasons = {
  late: 'did not answer in time',
  unreachable: 'could not be reached',
  refused: 'refused the question',
  unreadable: 'gave an answer that cannot be used',
  busy: 'has too many questions at the moment',
  resting: 'has failed several times, and is asked again in a while',
} as const;

/** The language model gave nothing to go by. Its message names no address, no key, and nothing that was sent. */
export class NoAnswer extends Error {
  readonly reason: keyof typeof reasons;
  /** Whether the server did not like the form of the question, and might like another one. */
  readonly disliked: boolean;

  constructor(reason: keyof typeof reasons, { disliked = false }: { disliked?: boolean } = {}) {
    super(`the language model ${reasons[reason]}`);
    this.name = 'NoAnswer';
    this.reason = reason;
    this.disliked = disliked;
  }
}
