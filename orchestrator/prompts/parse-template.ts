import { nearestName } from '../shared/nearest-name.ts';
import type { TemplateRule } from './template-rule.ts';
import type { Template, TemplatePart } from './types.ts';

/** A template of a task taken apart at its placeholders, and what is wrong with it (nothing: an empty list). */
export function parseTemplate(
  rule: TemplateRule,
  source: { prompt: string; response: string },
): { template: Template; problems: string[] } {
  const prompt = splitAtPlaceholders(source.prompt);
  const response = splitAtPlaceholders(source.response);
  const problems = [
    ...unknownPlaceholders('prompt', prompt, rule.prompt),
    ...unknownPlaceholders('response', response, rule.response),
    ...repeated('prompt', prompt),
    ...repeated('response', response),
  ];
  if (problems.length === 0) {
    const problem = rule.problem(new Set(names(prompt)), new Set(names(response)));
    if (problem) problems.push(problem);
  }
  if (problems.length === 0 && rule.codeFirst && names(response).includes('item') && !isItem(response[0]))
    problems.push('the response has text before {item}, but decoding writes the code first');
  const uses = new Set([...names(prompt), ...names(response)]);
  return { template: { prompt, response, uses }, problems };
}

function isItem(part: TemplatePart): boolean {
  return 'placeholder' in part && part.placeholder === 'item';
}

/** Text and placeholders in turn; the names are not checked here. */
export function splitAtPlaceholders(source: string): TemplatePart[] {
  return source
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) =>
      piece.startsWith('{') && piece.endsWith('}')
        ? { placeholder: piece.slice(1, -1).trim() }
        : { text: piece },
    );
}

export function names(parts: readonly TemplatePart[]): string[] {
  return parts.flatMap((part) => ('placeholder' in part ? [part.placeholder] : []));
}

function unknownPlaceholders(
  where: string,
  parts: readonly TemplatePart[],
  allowed: readonly string[],
): string[] {
  const unknown = names(parts).filter((name) => !allowed.includes(name));
  const stray = parts.some((part) => 'text' in part && /[{}]/.test(part.text));
  return [
    ...unknown.map((name) => {
      const nearest = nearestName(name, allowed);
      const hint = nearest ? `did you mean {${nearest}}?` : 'it cannot stand here.';
      return `unknown placeholder {${name}} in the ${where}; ${hint} Allowed: ${listed(allowed)}`;
    }),
    ...(stray ? [`the ${where} has a brace that is no placeholder; allowed: ${listed(allowed)}`] : []),
  ];
}

function repeated(where: string, parts: readonly TemplatePart[]): string[] {
  const seen = names(parts);
  const twice = new Set(seen.filter((name, at) => seen.indexOf(name) !== at));
  return [...twice].map((name) => `{${name}} stands twice in the ${where}`);
}

function listed(allowed: readonly string[]): string {
  return allowed.map((name) => `{${name}}`).join(', ');
}
