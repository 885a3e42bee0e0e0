import { meaningsOf } from './meanings.ts';

/** Behind a line that one can tap: what the figures beside it mean. */
export function Glossary({ names }: { names: readonly string[] }) {
  const terms = meaningsOf(names);
  if (terms.length === 0) return null;
  return (
    <details class="glossary">
      <summary>What do these figures mean?</summary>
      <dl>
        {terms.map(([name, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
