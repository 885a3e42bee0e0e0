import { formatUsers } from '../../../orchestrator/evaluation/format-figure.ts';
import type { Asked } from './asked.ts';

/** What sets figures apart from those of all users of the test split; nothing where they are these. */
export function AskedBadges({ asked }: { asked: Pick<Asked, 'split' | 'users' | 'users_in_split'> }) {
  const apart = [
    ...(asked.split === 'validation' ? ['validation split'] : []),
    ...(asked.users < asked.users_in_split ? [`${formatUsers(asked)} users`] : []),
  ];
  return (
    <>
      {apart.map((text) => (
        <span
          key={text}
          class="badge badge-apart"
          title="Its figures do not compare with those of all users of the test split."
        >
          {text}
        </span>
      ))}
    </>
  );
}
