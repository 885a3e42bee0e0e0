import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { isGone, wantsKey } from '../api/reach.ts';
import { Ask } from '../ask/ask.tsx';
import { Failure } from '../parts/failure.tsx';
import { ServerGone } from '../parts/server-gone.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Product } from '../product/product.tsx';
import { about, aboutError, loadAbout } from '../state/about.ts';
import { openItem } from '../state/open-item.ts';
import { route } from '../state/route.ts';
import { startView } from '../state/start-view.ts';
import { titleOf } from '../state/title.ts';
import { keepTalk } from '../talk/keep-talk.ts';
import { UndoBar } from '../talk/undo-bar.tsx';
import { AskForKey } from './ask-for-key.tsx';
import { DocsOf } from './docs-of.tsx';
import { fetchedView } from './fetched-view.tsx';
import { Guarded } from './guarded.tsx';
import { Navigation } from './navigation.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const Shop = fetchedView(() => import('../shop/shop.tsx'));
const Runs = fetchedView(() => import('../runs/runs.tsx'));
const Explore = fetchedView(() => import('../explore/explore.tsx'));
const Compose = fetchedView(() => import('../compose/compose.tsx'));

// Before any view shows what is known.
effect(() => {
  if (about.value) keepTalk(about.value.model);
});

/** Head, navigation and the view that the address names. */
export function Shell() {
  useEffect(() => void loadAbout(), []);
  const [view = startView.value] = route.value.path;
  const isOverItems = about.value !== null && (view === 'shop' || view === 'ask');
  // An item has what stands above and below a view itself.
  const isItemOpen = isOverItems && openItem.value !== null;
  const title = titleOf(route.value, startView.value);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
        Skip to content
      </button>
      <header class="head">
        <a class="wordmark" href="#/" aria-label="eager-llm, to the start">
          <img src="./icon.svg" alt="" width="26" height="26" />
          <span class="wordmark-name">eager-llm</span>
        </a>
        <Navigation view={view} />
        <div class="head-end">
          {about.value && (
            <span class="served">
              <span class="served-label">
                <span class="sr-only">Answers come from the </span>run{' '}
              </span>
              <span class="served-name">{about.value.model.id}</span>
            </span>
          )}
          <ThemeSwitch />
        </div>
      </header>
      <main id="content" tabIndex={-1} class={`view view-${view}`}>
        {isGone.value && !isItemOpen && <ServerGone />}
        {wantsKey.value ? (
          <AskForKey />
        ) : (
          <Guarded key={view}>
            <View name={view} />
            {about.value && <DocsOf view={view} />}
          </Guarded>
        )}
      </main>
      {isOverItems && (
        <>
          {!isItemOpen && <UndoBar />}
          <Product />
        </>
      )}
    </div>
  );
}

function View({ name }: { name: string }) {
  if (!about.value) return aboutError.value ? <NoServer message={aboutError.value} /> : <Waiting />;
  if (name === 'shop' && about.value.demo) return <Shop />;
  switch (name) {
    case 'ask':
      return <Ask />;
    case 'runs':
      return <Runs />;
    case 'index':
      return <Explore />;
    case 'compose':
      return <Compose />;
    default:
      return (
        <>
          <h1>There is no such page</h1>
          <Failure message={`Nothing here is called “${name}”.`} />
          <p>
            <a class="button" href="#/">
              To the start
            </a>
          </p>
        </>
      );
  }
}

function NoServer({ message }: { message: string }) {
  return (
    <>
      <h1>Nothing to show</h1>
      <Failure message={message} />
      <p>
        <button type="button" onClick={() => void loadAbout()}>
          Try again
        </button>
      </p>
    </>
  );
}
