import { Icon } from '../parts/icon.tsx';
import { valueAt, writeValue } from './document.ts';
import { Field, type PartProps, problemsAt } from './field.tsx';
import { whatIsWrong } from './problems.tsx';
import { choicesOf, itemsOf, propertiesOf, type Schema, variantsOf } from './schema.ts';
import { fieldId } from './show-field.ts';

type Stage = Record<string, unknown>;

/** The stages of the training. A list is inherited as a whole, so it is taken over into the text before it is changed. */
export function StageList({ schema, path, own, inherited, problems, set }: PartProps) {
  const stages = (Array.isArray(own) ? own : Array.isArray(inherited) ? inherited : []) as Stage[];
  const variants = variantsOf(itemsOf(schema) ?? {});
  const wrong = problems.filter(({ path: at }) => at === path.join('.'));
  const whole = wrong.map((problem) => (
    <p key={problem.message} class="field-problem">
      {whatIsWrong(problem)}
    </p>
  ));
  if (!Array.isArray(own))
    return (
      <div class="stage-list" id={fieldId(path.join('.'))} tabIndex={-1}>
        {whole}
        <p class="hint">
          {stages.length > 0
            ? `Inherited: ${stages.map((stage) => `${stage?.name} (${stage?.tuning})`).join(', then ')}.`
            : 'No stages yet.'}
        </p>
        <button
          type="button"
          onClick={() =>
            set(
              path,
              stages.map((stage) => withoutDefaults(stage, variants)),
            )
          }
        >
          Change the stages here
        </button>
      </div>
    );
  return (
    <div class="stage-list" id={fieldId(path.join('.'))} tabIndex={-1}>
      {whole}
      {stages.map((stage, at) => (
        <details
          key={at}
          class="form-stage"
          id={fieldId([...path, at].join('.'))}
          open={stages.length < 3 || problemsAt(problems, [...path, at]).length > 0}
        >
          <summary>
            {at + 1}. {writeValue(stage?.name)} <span class="hint">{writeValue(stage?.tuning)}</span>
          </summary>
          <StageFields stage={stage} variants={variants} path={[...path, at]} problems={problems} set={set} />
          <button
            type="button"
            class="quiet"
            onClick={() =>
              set(
                path,
                stages.filter((_, other) => other !== at),
              )
            }
          >
            Remove this stage
          </button>
        </details>
      ))}
      <button
        type="button"
        onClick={() =>
          set(path, [
            ...stages,
            { name: `stage-${stages.length + 1}`, tuning: 'lora', tasks: { 'sequential-recommendation': 1 } },
          ])
        }
      >
        <Icon name="plus" /> Add a stage
      </button>
    </div>
  );
}

function StageFields({
  stage,
  variants,
  path,
  problems,
  set,
}: {
  stage: Stage;
  variants: Schema[];
  path: PartProps['path'];
  problems: PartProps['problems'];
  set: PartProps['set'];
}) {
  const variant = variantOf(stage, variants);
  const tunings = variants.flatMap(({ properties }) => choicesOf(properties?.tuning ?? {}) ?? []);
  const { tuning, tasks, ...others } = variant?.properties ?? {};
  const field = (name: string, schema: Schema) => (
    <Field
      key={name}
      schema={schema}
      path={[...path, name]}
      own={stage?.[name]}
      inherited={schema.default}
      problems={problems}
      set={set}
    />
  );
  return (
    <>
      {field('tuning', {
        ...(tuning?.description ? { description: tuning.description } : {}),
        enum: tunings,
      })}
      <fieldset class="form-group">
        <legend>tasks</legend>
        {Object.entries(propertiesOf(tasks ?? {})).map(([name, schema]) => (
          <Field
            key={name}
            schema={schema}
            path={[...path, 'tasks', name]}
            own={valueAt(stage, ['tasks', name])}
            inherited={undefined}
            problems={problems}
            set={set}
          />
        ))}
      </fieldset>
      {Object.entries(others).map(([name, schema]) => field(name, schema))}
    </>
  );
}

function variantOf(stage: Stage, variants: Schema[]): Schema | undefined {
  return variants.find(({ properties }) => properties?.tuning?.const === stage?.tuning) ?? variants[0];
}

/** What is taken over from a resolved recipe holds every default: only what differs is worth writing. */
function withoutDefaults(stage: Stage, variants: Schema[]): Stage {
  const properties = variantOf(stage, variants)?.properties ?? {};
  return Object.fromEntries(
    Object.entries(stage ?? {}).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(properties[name]?.default),
    ),
  );
}
