/** What is added to the score of a token that must not be seen, or a choice that cannot be made: its share underflows to zero. */
export const hiddenScore = -1e9;
