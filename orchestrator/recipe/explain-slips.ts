import type { YAMLError } from 'yaml';

/** What is wrong in a text that is no YAML, and what to do: in the words of who writes recipes, where the parser has others. */
export function explainSlip(
  { code, message, pos }: YAMLError,
  text: string,
): { message: string; remedy: string } {
  return {
    message: messages[code] ?? `bad YAML: ${message}`,
    remedy:
      remedyOfLine(lineAround(text, pos[0])) ??
      remedies[code] ??
      'Mind the indentation, and quote texts that hold : or #.',
  };
}

const messages: Record<string, string> = {
  DUPLICATE_KEY: 'a name is given twice in one map',
  MULTIPLE_DOCS: 'bad YAML: there is more than one document',
};

/** Blanks and signs that look like plain ones, or like nothing, and are none to YAML. */
export const strangeSigns = /[\u00a0\u00ad\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;
export const strangeRemedy =
  'It holds blanks that are none to YAML, as web pages and word processors have them: type the line anew.';

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? undefined : end);
}

function remedyOfLine(line: string): string | undefined {
  if (strangeSigns.test(line)) return strangeRemedy;
  return /[{[,:]\s*\$\{/.test(line) && /[{[]/.test(line.replaceAll('${', ''))
    ? 'Between { } or [ ] a reference needs quotes, which make it a text; or write one setting a line.'
    : undefined;
}

const remedies: Record<string, string> = {
  DUPLICATE_KEY: 'Keep one of the two.',
  MISSING_CHAR:
    'Between a name and its value stand a colon and a blank; each {, [ and quotation mark has its end.',
  TAB_AS_INDENT: 'Indent with spaces.',
  MULTIPLE_DOCS: 'A recipe is one document: remove the --- between them.',
  BAD_ALIAS: 'Aliases need an anchor above them.',
};
