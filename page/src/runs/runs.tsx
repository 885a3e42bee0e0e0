import { route } from '../state/route.ts';
import { Comparison } from './comparison.tsx';
import { RunList } from './run-list.tsx';
import { RunPage } from './run-page.tsx';

/** `#/runs`, `#/runs?sweep=NAME`, `#/runs/NAME`, `#/runs?compare=a,b` */
export default function Runs() {
  const { path, query } = route.value;
  const compared = query.get('compare')?.split(',') ?? [];
  const sweep = query.get('sweep');
  const name = path[1] ?? (compared.length === 1 ? compared[0] : undefined);
  if (name) return <RunPage key={name} name={name} />;
  return compared.length > 1 ? <Comparison names={compared} /> : <RunList key={sweep} sweep={sweep} />;
}
