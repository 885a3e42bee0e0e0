import { autocompletion, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { type ReadonlySignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { LineProblem } from '../../../orchestrator/server/page/wire.ts';
import { completeRecipe } from './complete.ts';
import { editorTheme } from './editor-theme.ts';
import type { Schema } from './schema.ts';

export interface EditorProps {
  /** Signal: what is typed meanwhile must not be taken back by a render that comes late. */
  text: ReadonlySignal<string>;
  schema: Schema;
  shipped: readonly string[];
  problems: readonly LineProblem[];
  onChange: (text: string) => void;
  /** Gets what puts the cursor on a line, once. */
  onReady: (goToLine: (line: number) => void) => void;
}

/** CodeMirror with YAML. It lives in a shadow root: there its styles need no inline style element, which our policy forbids. */
export function Editor({ text, schema, shipped, problems, onChange, onReady }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const change = useRef(onChange);
  change.current = onChange;

  // Made once; later texts come through the effect below.
  useEffect(() => {
    const root = place.current!.shadowRoot ?? place.current!.attachShadow({ mode: 'open' });
    const editor = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: text.peek(),
        extensions: [
          lineNumbers(),
          lintGutter(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          drawSelection(),
          history(),
          bracketMatching(),
          indentUnit.of('  '),
          yaml(),
          autocompletion({ override: [completeRecipe(schema, shipped)], icons: false }),
          // Tab leaves the editor, as everywhere on the page.
          keymap.of([...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
          EditorView.contentAttributes.of({ 'aria-label': 'Recipe in YAML', tabindex: '0' }),
          EditorView.lineWrapping,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) change.current(update.state.doc.toString());
          }),
          editorTheme,
        ],
      }),
    });
    view.current = editor;
    onReady((line) => {
      const { from } = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
      editor.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      editor.focus();
    });
    return () => editor.destroy();
  }, []);

  useSignalEffect(() => {
    if (view.current) replaceText(view.current, text.value);
  });
  useEffect(() => {
    const { state } = view.current!;
    view.current!.dispatch(setDiagnostics(state, diagnosticsOf(state, problems)));
  }, [problems]);

  return <div ref={place} class="editor" />;
}

/** Only what differs is replaced, so that the cursor and the way back stay. */
function replaceText(view: EditorView, text: string): void {
  const old = view.state.doc.toString();
  if (old === text) return;
  let from = 0;
  while (from < Math.min(old.length, text.length) && old[from] === text[from]) from++;
  let end = 0;
  while (end < Math.min(old.length, text.length) - from && old.at(-1 - end) === text.at(-1 - end)) end++;
  view.dispatch({
    changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) },
  });
}

function diagnosticsOf(state: EditorState, problems: readonly LineProblem[]): Diagnostic[] {
  return problems.flatMap(({ line, message, path, expected, got, remedy }): Diagnostic[] => {
    if (line === null || line > state.doc.lines) return [];
    const { from, to, text } = state.doc.line(line);
    const wanted = [expected && `expected ${expected}`, got && `got ${got}`].filter(Boolean).join(', ');
    return [
      {
        from: from + (text.length - text.trimStart().length),
        to,
        severity: 'error',
        message: [`${path ? `${path}: ` : ''}${message}${wanted ? `; ${wanted}` : ''}`, remedy]
          .filter(Boolean)
          .join('\n'),
      },
    ];
  });
}
