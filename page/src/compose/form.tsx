import type { LineProblem } from '../../../orchestrator/server/page/wire.ts';
import { Docs } from '../parts/docs.tsx';
import { Prose } from '../parts/prose.tsx';
import { ownValues, valueAt, withValue } from './document.ts';
import { Field, type PartProps, problemsAt } from './field.tsx';
import { type Path, propertiesOf, type Schema } from './schema.ts';
import { fieldId } from './show-field.ts';
import { StageList } from './stage-list.tsx';

export interface FormProps {
  schema: Schema;
  text: string;
  /** The recipe with all that is inherited; null until the text could be read once. */
  resolved: Record<string, unknown> | null;
  problems: readonly LineProblem[];
  onChange: (text: string) => void;
}

/** Every setting of the schema, section by section; what is set here is written into the text, and what is cleared leaves it. */
export function Form({ schema, text, resolved, problems, onChange }: FormProps) {
  const own = ownValues(text);
  if (own === null) return <p class="hint">This is not valid YAML: fix it to see the form again.</p>;
  const set = (path: Path, value: unknown) => onChange(withValue(text, path, value));
  const sections = Object.entries(propertiesOf(schema));
  const partOf = (name: string, part: Schema): PartProps => ({
    schema: part,
    path: [name],
    own: own[name],
    inherited: resolved?.[name],
    problems,
    set,
  });
  const section = ([name, part]: [string, Schema]) => <Section key={name} {...partOf(name, part)} />;
  const isData = ([name]: [string, Schema]) => name === 'dataset';
  return (
    <div class="form">
      <WhatDataNeeds />
      {sections.filter(isData).map(section)}
      {sections
        .filter(([, part]) => !part.properties)
        .map(([name, part]) => (
          <Field key={name} {...partOf(name, part)} />
        ))}
      {sections.filter((each) => each[1].properties && !isData(each)).map(section)}
    </div>
  );
}

/** Before anything is opened: what one has to have. */
function WhatDataNeeds() {
  return (
    <p class="hint form-lead">
      A file of interactions needs two columns, who and what (<code>user_id</code>, <code>item_id</code>, or
      as named in <code>dataset.columns</code>); a third, when, unless its rows are in order.{' '}
      <Docs page="04-data.md">All formats, and the texts of items</Docs>.
    </p>
  );
}

function Section(part: PartProps) {
  const name = String(part.path[0]);
  const count = countLeaves(part.own);
  const wrong = problemsAt(part.problems, part.path).length;
  return (
    <details
      class="form-section"
      id={fieldId(name)}
      // One of which much is set opens where something is wrong.
      open={(count > 0 && count < 8) || wrong > 0}
    >
      <summary>
        <span class="form-section-name">{name}</span>
        <span class="hint">
          <Prose text={part.schema.description ?? ''} />
        </span>
        {wrong > 0 && <span class="count is-wrong">{wrong === 1 ? '1 problem' : `${wrong} problems`}</span>}
        {count > 0 && (
          <span class="count" title="settings of the text">
            {count}
          </span>
        )}
      </summary>
      <Group {...part} />
    </details>
  );
}

/** The settings of a map, those in maps below it under their name. */
function Group({ schema, path, own, inherited, problems, set }: PartProps) {
  return (
    <>
      {Object.entries(propertiesOf(schema)).map(([name, inner]) => {
        const part: PartProps = {
          schema: inner,
          path: [...path, name],
          own: valueAt(own, [name]),
          inherited: valueAt(inherited, [name]),
          problems,
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
