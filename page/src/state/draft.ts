import { computed, signal } from '@preact/signals';

export interface Draft {
  /** Name of the run that it would make. */
  name: string;
  text: string;
}

const keptName = 'eager-llm-draft';

const first: Draft = {
  name: 'my-run',
  text: `# Settings here override those of the extended recipe; the form on this page edits this text.
extends: quickstart

seed: 1
`,
};

/** What is being composed; it outlives a reload of the tab. */
export const draft = signal<Draft>(kept() ?? first);

export const draftText = computed(() => draft.value.text);

export function keepDraft(next: Draft): void {
  draft.value = next;
  sessionStorage.setItem(keptName, JSON.stringify(next));
}

function kept(): Draft | null {
  try {
    return JSON.parse(sessionStorage.getItem(keptName) ?? 'null');
  } catch {
    return null;
  }
}
