import { computed, signal } from '@preact/signals';

/** The last request found no server: it is down, or nothing leads to it. */
export const isGone = signal(false);
/** The server wants an API key that we do not have, or not the right one. */
export const wantsKey = signal(false);
/** How often the server came back: what could not be read meanwhile is asked for again. */
export const returns = signal(0);

const shellTells = computed(() => isGone.value || wantsKey.value);

/** A failure that a view has to tell; null where the shell tells it for all views. */
export function ownFailure<E extends Error>(error: E): E | null {
  return shellTells.value ? null : error;
}

/** What each request tells of the server: the status of its answer, or null where none came. */
export function reached(status: number | null): void {
  if (status === 401) wantsKey.value = true;
  if (isGone.value && status !== null) returns.value++;
  isGone.value = status === null;
}
