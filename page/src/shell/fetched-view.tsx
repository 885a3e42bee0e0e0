import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { isGone, returns, wantsKey } from '../api/reach.ts';
import { Waiting } from '../parts/waiting.tsx';
import { loadAbout } from '../state/about.ts';
import { NotShown } from './not-shown.tsx';

/**
 * A view whose program is fetched when the view is first opened. While no server answers, it waits: some browsers never
 * ask again for a program that could not be fetched once.
 */
export function fetchedView(fetchIt: () => Promise<{ default: ComponentType }>): ComponentType {
  let view: ComponentType | null = null;
  return function FetchedView() {
    const View = useSignal(view);
    const isMissing = useSignal(false);
    useEffect(() => {
      if (view) return undefined;
      let isLeft = false;
      fetchWhenThere(fetchIt).then(
        (found) => {
          view ??= found;
          if (!isLeft) View.value = view;
        },
        () => {
          if (!isLeft) isMissing.value = true;
        },
      );
      return () => {
        isLeft = true;
      };
    }, [returns.value]);
    if (View.value) return <View.value />;
    return isMissing.value ? (
      <NotShown message="The program of this view could not be fetched: the server may have another page by now." />
    ) : (
      <Waiting />
    );
  };
}

/** Null while no server answers. */
async function fetchWhenThere(
  fetchIt: () => Promise<{ default: ComponentType }>,
): Promise<ComponentType | null> {
  if (!(await isThere())) return null;
  try {
    return (await fetchIt()).default;
  } catch (error) {
    // It may have gone in between.
    if (!(await isThere())) return null;
    throw error;
  }
}

async function isThere(): Promise<boolean> {
  await loadAbout();
  return !isGone.value && !wantsKey.value;
}
