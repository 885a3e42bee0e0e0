import { signal } from '@preact/signals';
import type { About } from '../../../orchestrator/server/page/wire.ts';
import { getJson, RequestError } from '../api/request.ts';

/** What the server says of itself; null until it has. */
export const about = signal<About | null>(null);
export const aboutError = signal<string | null>(null);
/** The server wants an API key that we do not have, or not the right one. */
export const wantsKey = signal(false);

export async function loadAbout(): Promise<void> {
  try {
    about.value = await getJson<About>('page/about');
    aboutError.value = null;
    wantsKey.value = false;
  } catch (error) {
    wantsKey.value = error instanceof RequestError && error.status === 401;
    aboutError.value = (error as Error).message;
  }
}
