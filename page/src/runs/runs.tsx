import { route } from '../state/route.ts';
import { Comparison } from './comparison.tsx';
import { RunList } from './run-list.tsx';
import { RunPage } from './run-page.tsx';

/** `#/runs`, `#/runs/NAME`, `#/runs?compare=a,b` */
export default function Runs() {
  const { path, query } = route.value;
  const compared = query.get('compare');
  if (path[1]) return <RunPage key={path[1]} name={path[1]} />;
  return compared ? <Comparison names={compared.split(',')} /> : <RunList />;
}
