/** A user's mistake is 1; a bug is 70, as sysexits.h has it; a stop by Ctrl-C is 128 + SIGINT. */
export const exitCodes = { mistake: 1, bug: 70, stopped: 130 } as const;
