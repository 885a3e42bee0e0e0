/**
 * Writes docs/errors.md from the places in the sources that make an error for users:
 *
 *   npx tsx scripts/error-codes.ts
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageRoot } from '../orchestrator/shared/package-root.ts';
import { writeFileAtomic } from '../orchestrator/storage/atomic-file.ts';
import { type FoundError, findErrors, type SourceText, unknown } from './find-errors.ts';
import { findWorkerErrors } from './find-worker-errors.ts';

export const errorsFile = 'docs/errors.md';

const intro = `# Every error, by its code

Made from the sources by \`npx tsx scripts/error-codes.ts\`: change the error where it is made, not this page.

A mistake of the user's begins with \`error CODE\`, names the place, says what was expected and got, and what to do (\`→\`); it ends with exit code 1. A bug ends with 70 and a stack: please report it. The library throws the same as a \`UserError\` with \`code\`, \`place\` and \`remedy\`; over HTTP the code stands in \`error.code\`. Codes stay as they are, words may change. Below, ${unknown} stands for what depends on the case; one code may have several causes.
`;

/** The page as Markdown. */
export function errorsPage(): string {
  const errors = [
    ...findErrors(sourcesOf('orchestrator', '.ts')),
    ...findWorkerErrors(sourcesOf('trainers/peft/eager_llm_peft', '.py')),
    ...findWorkerErrors(sourcesOf('trainers/ray/eager_llm_ray', '.py')),
    {
      code: 'server/bug',
      message: 'internal server error; see the server log',
      remedy: 'Report it, please.',
    },
  ];
  const byArea = new Map<string, FoundError[]>();
  for (const error of errors) byArea.set(areaOf(error), [...(byArea.get(areaOf(error)) ?? []), error]);
  const sections = [...byArea.keys()].sort().map((area) => `## ${area}\n\n${table(byArea.get(area) ?? [])}`);
  return [intro, ...sections].join('\n');
}

function sourcesOf(folder: string, ending: string): SourceText[] {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith(ending))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(packageRoot, folder, path), 'utf8') }));
}

/** What stands before the slash; the server's own codes for OpenAI's clients have none. */
function areaOf({ code }: FoundError): string {
  return code.includes('/') ? code.split('/')[0] : 'server';
}

function table(errors: readonly FoundError[]): string {
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  const rows = codes.map((code) => {
    const own = errors.filter((error) => error.code === code);
    // Not in backquotes: `prompts/weight` is no file, and pages are held to name files that are there.
    return [
      `<code>${code}</code>`,
      cell(own.map(({ message }) => message)),
      cell(own.map(({ remedy }) => remedy)),
    ];
  });
  return [['code', 'what is wrong', 'what to do'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.join(' | ')} |\n`)
    .join('');
}

/** Each cause once; one that is told by what depends on the case alone says nothing here. */
function cell(texts: readonly string[]): string {
  const told = [...new Set(texts)].filter((text) => /\p{L}/u.test(text));
  return told.map(escaped).join('<br>') || unknown;
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('\n', ' ')
      // Not a command line that can be given as it stands.
      .replaceAll('`', "'")
      .replace(/[|<>*_[\]]/g, (sign) => `\\${sign}`)
      .trim()
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileAtomic(join(packageRoot, errorsFile), errorsPage());
