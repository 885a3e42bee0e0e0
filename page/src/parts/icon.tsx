/** Drawn for this page on a grid of 24, in one line width. */
const paths = {
  ask: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-7l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Z',
  shop: 'M5 9h14l-1 11H6zM9 9V7a3 3 0 0 1 6 0v2',
  runs: 'M4 19h16M6 16l4-6 4 3 5-8',
  index: 'M12 4v4M12 8H6v4M12 8h6v4M4 12h4v4H4zM16 12h4v4h-4zM10 12h4v4h-4zM12 8v4',
  compose: 'M5 20h4L19 10l-4-4L5 16zM13 8l4 4',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  light:
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M19 5l-1.5 1.5M6.5 17.5 5 19',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z',
  like: 'M7 11v9H4v-9zM7 11l4-8c1.7 0 2.5 1 2.2 2.6L12.5 9H19a1.6 1.6 0 0 1 1.6 2l-1.7 7a2.4 2.4 0 0 1-2.3 2H7',
  dislike:
    'M17 13V4h3v9zM17 13l-4 8c-1.7 0-2.5-1-2.2-2.6l.7-3.4H5a1.6 1.6 0 0 1-1.6-2l1.7-7A2.4 2.4 0 0 1 7.4 4H17',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  send: 'M5 12h13M12 6l6 6-6 6',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM16 16l4.5 4.5',
  stop: 'M7 7h10v10H7z',
  play: 'M8 5l11 7-11 7z',
  down: 'M6 9l6 6 6-6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
