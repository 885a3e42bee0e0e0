import { Prose } from '../parts/prose.tsx';
import { ownValues, valueAt, withValue } from './document.ts';
import { Field, type PartProps } from './field.tsx';
import { type Path, propertiesOf, type Schema } from './schema.ts';
import { StageList } from './stage-list.tsx';

export interface FormProps {
  schema: Schema;
  text: string;
  /** The recipe with every default and all that is inherited; null until the text was valid once. */
  resolved: Record<string, unknown> | null;
  onChange: (text: string) => void;
}

/** Every setting of the schema, section by section; what is set here is written into the text, and what is cleared leaves it. */
export function Form({ schema, text, resolved, onChange }: FormProps) {
  const own = ownValues(text);
  if (own === null) return <p class="hint">This is not valid YAML: fix it to see the form again.</p>;
  const set = (path: Path, value: unknown) => onChange(withValue(text, path, value));
  const sections = Object.entries(propertiesOf(schema));
  const partOf = (name: string, part: Schema): PartProps => ({
    schema: part,
    path: [name],
    own: own[name],
    inherited: resolved?.[name],
    set,
  });
  return (
    <div class="form">
      {sections
        .filter(([, part]) => !part.properties)
        .map(([name, part]) => (
          <Field key={name} {...partOf(name, part)} />
        ))}
      {sections
        .filter(([, part]) => part.properties)
        .map(([name, part]) => (
          <Section key={name} {...partOf(name, part)} />
        ))}
    </div>
  );
}

function Section(part: PartProps) {
  const name = String(part.path[0]);
  const count = countLeaves(part.own);
  return (
    <details class="form-section" open={count > 0 && count < 8}>
      <summary>
        <span class="form-section-name">{name}</span>
        <span class="hint">
          <Prose text={part.schema.description ?? ''} />
        </span>
        {count > 0 && <span class="count">{count}</span>}
      </summary>
      <Group {...part} />
    </details>
  );
}

/** The settings of a map, those in maps below it under their name. */
function Group({ schema, path, own, inherited, set }: PartProps) {
  return (
    <>
      {Object.entries(propertiesOf(schema)).map(([name, inner]) => {
        const part: PartProps = {
          schema: inner,
          path: [...path, name],
          own: valueAt(own, [name]),
          inherited: valueAt(inherited, [name]),
          set,
        };
        if (name === 'stages') return <StageList key={name} {...part} />;
        if (!inner.properties) return <Field key={name} {...part} />;
        return (
          <fieldset key={name} class="form-group">
            <legend>{name}</legend>
            <Group {...part} />
          </fieldset>
        );
      })}
    </>
  );
}

function countLeaves(value: unknown): number {
  if (value === undefined) return 0;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countLeaves(inner), 0);
}
