import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { RecipesAnswer } from '../../../orchestrator/server/page/wire.ts';
import { useLoaded } from '../api/loaded.ts';
import { Failure } from '../parts/failure.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { draft, draftText, keepDraft } from '../state/draft.ts';
import { isNarrow } from '../state/narrow.ts';
import { AboutBase, BeginWith } from './begin-with.tsx';
import { Editor } from './editor.tsx';
import { Form } from './form.tsx';
import { Problems } from './problems.tsx';
import type { Schema } from './schema.ts';
import { showField } from './show-field.ts';
import { StartRun } from './start-run.tsx';
import { TakeAway } from './take-away.tsx';
import { useCheck } from './use-check.ts';

const sides = ['form', 'resolved'] as const;

/** A recipe as text and as form, both the same; the resolver's word on it; and the start of its run. */
export default function Compose() {
  const recipes = useLoaded<RecipesAnswer>('page/recipes');
  const { value, error } = recipes.value;
  if (!value) return error ? <Failure message={error} /> : <Waiting what="Reading the recipes" />;
  return <Composer recipes={value} />;
}

function Composer({ recipes }: { recipes: RecipesAnswer }) {
  const { name, text } = draft.value;
  const checked = useCheck(text);
  const side = useSignal<(typeof sides)[number]>('form');
  const goToLine = useRef<(line: number) => void>(() => {});
  const { answer, recipe, error } = checked.value;
  const isChecked = checked.value.text === text;
  const schema = recipes.schema as Schema;
  const change = (next: string) => keepDraft({ ...draft.value, text: next });
  const problems = (
    <Problems
      key="problems"
      problems={answer?.problems ?? null}
      isChecked={isChecked}
      onGoTo={(line) => goToLine.current(line)}
      onShowField={(path) => {
        side.value = 'form';
        // Once the form is there.
        requestAnimationFrame(() => showField(path));
      }}
    />
  );
  const asText = (
    <section key="text" class="card compose-text" aria-label="Recipe as text">
      <Editor
        text={draftText}
        schema={schema}
        shipped={recipes.shipped.map((each) => each.name)}
        problems={answer?.problems ?? []}
        onChange={change}
        onReady={(jump) => {
          goToLine.current = jump;
        }}
      />
      {!isNarrow.value && problems}
    </section>
  );
  const asForm = (
    <section key="form" class="card compose-side" aria-label="Recipe as form">
      <div class="tabs" role="tablist" aria-label="Side">
        {sides.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`tab-${each}`}
            aria-selected={side.value === each}
            aria-controls="compose-panel"
            // Tab leaves the tabs, arrows change between them.
            tabIndex={side.value === each ? 0 : -1}
            onKeyDown={(event) => {
              if (!['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
              side.value = each === 'form' ? 'resolved' : 'form';
              document.getElementById(`tab-${side.value}`)?.focus();
            }}
            onClick={() => {
              side.value = each;
            }}
          >
            {each === 'form' ? 'Form' : 'With every default'}
          </button>
        ))}
      </div>
      <div id="compose-panel" role="tabpanel" aria-labelledby={`tab-${side.value}`} class="compose-panel">
        {side.value === 'form' ? (
          <Form
            schema={schema}
            text={text}
            resolved={recipe}
            problems={answer?.problems ?? []}
            onChange={change}
          />
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keyboard
          <pre tabIndex={0}>{answer?.yaml ?? 'The recipe has problems: fix them first.'}</pre>
        )}
      </div>
    </section>
  );
  return (
    <>
      <div class="title-row">
        <h1>Compose</h1>
        <BeginWith recipes={recipes} text={text} />
        <StartRun name={name} text={text} isSound={isChecked && answer?.problems.length === 0} />
      </div>
      <AboutBase recipes={recipes} text={text} />
      {error && <Failure message={error} />}
      {!isNarrow.value && <TakeAway name={name} text={text} />}
      {isNarrow.value && <section class="card problems-card">{problems}</section>}
      <div class="compose">{isNarrow.value ? [asForm, asText] : [asText, asForm]}</div>
      {isNarrow.value && <TakeAway name={name} text={text} />}
    </>
  );
}
