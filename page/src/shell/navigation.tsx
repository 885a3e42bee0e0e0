import { Icon, type IconName } from '../parts/icon.tsx';
import { about } from '../state/about.ts';
import { linkTo } from '../state/route.ts';

interface View {
  name: string;
  label: string;
  icon: IconName;
}

const shop: View = { name: 'shop', label: 'Shop', icon: 'shop' };
const views: View[] = [
  { name: 'ask', label: 'Ask', icon: 'ask' },
  { name: 'runs', label: 'Runs', icon: 'runs' },
  { name: 'index', label: 'Index', icon: 'index' },
  { name: 'compose', label: 'Compose', icon: 'compose' },
];

/** At the top on wide screens, at the thumb on a phone. */
export function Navigation({ view }: { view: string }) {
  return (
    <nav class="navigation" aria-label="Views">
      {[...(about.value?.demo ? [shop] : []), ...views].map(({ name, label, icon }) => (
        <a key={name} href={linkTo([name])} aria-current={view === name ? 'page' : undefined}>
          <Icon name={icon} />
          {label}
        </a>
      ))}
    </nav>
  );
}
