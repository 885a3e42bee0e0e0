import { signal } from '@preact/signals';
import type { About } from '../../../orchestrator/server/page/wire.ts';
import { ownFailure, wantsKey } from '../api/reach.ts';
import { getJson } from '../api/request.ts';

/** What the server says of itself; null until it has. */
export const about = signal<About | null>(null);
export const aboutError = signal<string | null>(null);

export async function loadAbout(): Promise<void> {
  try {
    about.value = await getJson<About>('page/about');
    aboutError.value = null;
    wantsKey.value = false;
  } catch (error) {
    aboutError.value = ownFailure(error as Error)?.message ?? null;
  }
}
