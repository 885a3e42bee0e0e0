import { useId } from 'preact/hooks';
import { Prose } from '../parts/prose.tsx';
import { readValue, writeValue } from './document.ts';
import { choicesOf, listChoicesOf, type Path, type Schema } from './schema.ts';

/** What a part of the form needs: where it stands, and how it writes. */
export interface PartProps {
  schema: Schema;
  path: Path;
  /** What the text itself says; undefined: nothing. */
  own: unknown;
  /** What holds in the end. */
  inherited: unknown;
  set: (path: Path, value: unknown) => void;
}

/** One setting: chosen from a list, or written as in YAML. What is not set shows what it inherits. */
export function Field({ label, ...part }: PartProps & { label?: string }) {
  const id = useId();
  const { schema, path, own, inherited, set } = part;
  const name = label ?? String(path[path.length - 1]);
  const isOwn = own !== undefined;
  const standing = inherited === undefined ? schema.default : inherited;
  return (
    <div class={`field${isOwn ? ' is-own' : ''}`}>
      <label for={id}>{name}</label>
      <div class="field-input">
        <Input id={id} {...part} inherited={standing} />
        {isOwn && (
          <button
            type="button"
            class="link"
            aria-label={`reset ${path.join('.')}`}
            title="Remove it from the text"
            onClick={() => set(path, undefined)}
          >
            reset
          </button>
        )}
      </div>
      {schema.description && (
        <p class="hint" id={`${id}-hint`}>
          <Prose text={schema.description} />
        </p>
      )}
    </div>
  );
}

function Input({ id, schema, path, own, inherited, set }: PartProps & { id: string }) {
  const described = schema.description ? `${id}-hint` : undefined;
  const choices = choicesOf(schema);
  const several = listChoicesOf(schema);
  if (choices)
    return (
      <select
        id={id}
        aria-describedby={described}
        value={own === undefined ? '' : JSON.stringify(own)}
        onChange={({ currentTarget: { value } }) => set(path, value === '' ? undefined : JSON.parse(value))}
      >
        <option value="">
          {inherited === undefined ? 'not set' : `${writeValue(inherited)} (as it is)`}
        </option>
        {choices.map((choice) => (
          <option key={String(choice)} value={JSON.stringify(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  if (several) return <Several {...{ id, schema, path, own, inherited, set }} choices={several} />;
  return (
    <input
      id={id}
      type="text"
      autocomplete="off"
      spellcheck={false}
      aria-describedby={described}
      placeholder={writeValue(inherited)}
      value={writeValue(own)}
      onChange={({ currentTarget: { value } }) =>
        set(path, value.trim() === '' ? undefined : readValue(value.trim()))
      }
    />
  );
}

/** A list of what is chosen, in the order in which it was. */
function Several({ id, path, own, inherited, set, choices }: PartProps & { id: string; choices: unknown[] }) {
  const chosen = (own ?? inherited ?? []) as unknown[];
  return (
    <fieldset id={id} class="several">
      <legend class="sr-only">{path.join('.')}</legend>
      {choices.map((choice) => (
        <label key={String(choice)}>
          <input
            type="checkbox"
            checked={chosen.includes(choice)}
            onChange={({ currentTarget: { checked } }) =>
              set(path, checked ? [...chosen, choice] : chosen.filter((each) => each !== choice))
            }
          />
          {String(choice)}
        </label>
      ))}
    </fieldset>
  );
}
