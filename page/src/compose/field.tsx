import type { LineProblem } from '../../../orchestrator/server/page/wire.ts';
import { Prose } from '../parts/prose.tsx';
import { readValue, writeValue } from './document.ts';
import { whatIsWrong } from './problems.tsx';
import { choicesOf, listChoicesOf, type Path, type Schema } from './schema.ts';
import { fieldId } from './show-field.ts';

/** What a part of the form needs: where it stands, and how it writes. */
export interface PartProps {
  schema: Schema;
  path: Path;
  /** What the text itself says; undefined: nothing. */
  own: unknown;
  /** What holds in the end. */
  inherited: unknown;
  /** Of the whole recipe. */
  problems: readonly LineProblem[];
  set: (path: Path, value: unknown) => void;
}

/** What is wrong at a setting, or below it. */
export function problemsAt(problems: readonly LineProblem[], path: Path): LineProblem[] {
  const name = path.join('.');
  return problems.filter(({ path: at }) => at === name || at.startsWith(`${name}.`));
}

/** One setting: chosen from a list, or written as in YAML. What is not set shows what it inherits. */
export function Field({ label, ...part }: PartProps & { label?: string }) {
  const { schema, path, own, inherited, set } = part;
  const id = fieldId(path.join('.'));
  const wrong = problemsAt(part.problems, path);
  const name = label ?? String(path[path.length - 1]);
  const isOwn = own !== undefined;
  const standing = inherited === undefined ? schema.default : inherited;
  return (
    <div class={`field${isOwn ? ' is-own' : ''}${wrong.length > 0 ? ' is-wrong' : ''}`}>
      <label for={id}>{name}</label>
      <div class="field-input">
        <Input id={id} {...part} inherited={standing} isWrong={wrong.length > 0} />
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
      {wrong.length > 0 && (
        <p class="field-problem" id={`${id}-problem`}>
          {wrong.map((problem) => whatIsWrong(problem)).join('. ')}
        </p>
      )}
      {schema.description && (
        <p class="hint" id={`${id}-hint`}>
          <Prose text={schema.description} />
        </p>
      )}
    </div>
  );
}

function Input({ id, isWrong, ...part }: Omit<PartProps, 'problems'> & { id: string; isWrong: boolean }) {
  const { schema, path, own, inherited, set } = part;
  const described =
    [isWrong && `${id}-problem`, schema.description && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const choices = choicesOf(schema);
  const several = listChoicesOf(schema);
  if (choices)
    return (
      <select
        id={id}
        aria-describedby={described}
        aria-invalid={isWrong}
        value={own === undefined ? '' : JSON.stringify(own)}
        onChange={({ currentTarget: { value } }) => set(path, value === '' ? undefined : JSON.parse(value))}
      >
        <option value="">
          {inherited === undefined ? 'not set' : `${writeValue(inherited)} (as it is)`}
        </option>
        {own !== undefined && !choices.includes(own) && (
          <option value={JSON.stringify(own)}>{writeValue(own)} (not allowed)</option>
        )}
        {choices.map((choice) => (
          <option key={String(choice)} value={JSON.stringify(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  if (several) return <Several id={id} {...part} choices={several} />;
  return (
    <input
      id={id}
      type="text"
      autocomplete="off"
      spellcheck={false}
      aria-describedby={described}
      aria-invalid={isWrong}
      placeholder={inherited === null && isWrong ? '' : writeValue(inherited)}
      // A gap that is to be filled is an empty field.
      value={own === null && isWrong ? '' : writeValue(own)}
      onChange={({ currentTarget: { value } }) =>
        set(path, value.trim() === '' ? undefined : readValue(value.trim()))
      }
    />
  );
}

/** A list of what is chosen, in the order in which it was. */
function Several({
  id,
  path,
  own,
  inherited,
  set,
  choices,
}: Omit<PartProps, 'problems'> & { id: string; choices: unknown[] }) {
  const chosen = (own ?? inherited ?? []) as unknown[];
  return (
    <fieldset id={id} class="several" tabIndex={-1}>
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
