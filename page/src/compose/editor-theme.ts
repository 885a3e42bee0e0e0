import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours of the page, light and dark, in the editor: its style sheets take the same custom properties. */
export const editorTheme = [
  EditorView.theme({
    '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '14px', height: '100%' },
    '&.cm-focused': { outline: 'none' },
    '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
    '.cm-content': { caretColor: 'var(--ink)', padding: '12px 0' },
    '.cm-cursor': { borderLeftColor: 'var(--ink)' },
    '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--ink-soft)', border: 'none' },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--active)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'var(--selection)',
    },
    '.cm-tooltip': {
      backgroundColor: 'var(--raised)',
      color: 'var(--ink)',
      border: '1px solid var(--line)',
      borderRadius: '8px',
      boxShadow: 'var(--shadow)',
      overflow: 'hidden',
    },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 10px' },
    '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--ink)', color: 'var(--surface)' },
    '.cm-completionInfo': { whiteSpace: 'pre-line', maxWidth: '320px', padding: '8px 10px' },
    '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.7' },
    '.cm-diagnostic-error': { borderLeft: '4px solid var(--bad)' },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy var(--bad) 1.5px',
      textUnderlineOffset: '3px',
    },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: tags.propertyName, color: 'var(--semantic-ink)' },
      { tag: [tags.string, tags.content], color: 'var(--ink)' },
      { tag: [tags.number, tags.bool, tags.null], color: 'var(--behaviour-ink)' },
      { tag: tags.comment, color: 'var(--ink-soft)', fontStyle: 'italic' },
      { tag: [tags.punctuation, tags.separator], color: 'var(--ink-soft)' },
    ]),
  ),
];
