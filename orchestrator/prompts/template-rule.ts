import type { SharedPlaceholder } from './types.ts';

/** Which placeholders the templates of a task may use, and what each template must have. `Text`: the task's own ones. */
export interface TemplateRule<Text extends string = string> {
  prompt: readonly (SharedPlaceholder | Text)[];
  response: readonly (SharedPlaceholder | Text)[];
  /** The answer is a code that decoding writes: nothing may stand before it. */
  codeFirst?: boolean;
  /** What is wrong with a template that uses only allowed placeholders; null = nothing. */
  problem(
    prompt: ReadonlySet<SharedPlaceholder | Text>,
    response: ReadonlySet<SharedPlaceholder | Text>,
  ): string | null;
}

/** What is wrong where a part of a template uses none of these. */
export function lacks<Name extends string>(
  used: ReadonlySet<Name>,
  part: 'prompt' | 'response',
  ...oneOf: NoInfer<Name>[]
): string | null {
  return oneOf.some((name) => used.has(name))
    ? null
    : `the ${part} has no ${oneOf.map((name) => `{${name}}`).join(' or ')}`;
}
