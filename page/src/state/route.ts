import { computed, signal } from '@preact/signals';

/** Where we are, from the part of the address behind `#`: `#/runs/quickstart?tab=log`. */
const hash = signal(window.location.hash);
const look = () => {
  hash.value = window.location.hash;
};
window.addEventListener('hashchange', look);
window.addEventListener('popstate', look);

export interface Route {
  /** `['runs', 'quickstart']` */
  path: string[];
  query: URLSearchParams;
}

export const route = computed<Route>(() => {
  const [path, query = ''] = hash.value.replace(/^#\/?/, '').split('?');
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) };
});

/** An address within the page. */
export function linkTo(path: string[], query: Record<string, string> = {}): string {
  const tail = new URLSearchParams(query).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${tail ? `?${tail}` : ''}`;
}

export function goTo(path: string[], query: Record<string, string> = {}): void {
  window.location.hash = linkTo(path, query);
}

/** The same with something that the step keeps: `window.history.state`. */
export function pushRoute(path: string[], query: Record<string, string>, state: unknown): void {
  window.history.pushState(state, '', linkTo(path, query));
  look();
}

/** The same without a step that "back" would return to. */
export function replaceRoute(path: string[], query: Record<string, string> = {}): void {
  window.history.replaceState(null, '', linkTo(path, query));
  look();
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
