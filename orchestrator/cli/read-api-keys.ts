import { readFileSync } from 'node:fs';
import { messageOf, UserError } from '../shared/errors.ts';

const variable = 'EAGER_LLM_API_KEYS';
const shortest = 16;

/**
 * Keys from a file, one a line, and from the environment, with blanks or commas between them. Never from the command
 * line, which every user of the machine can read.
 */
export function readApiKeys(file: string | undefined, env: NodeJS.ProcessEnv = process.env): string[] {
  const keys = [
    ...keysIn(env[variable] ?? '').map((key) => ({ key, place: variable })),
    ...(file === undefined ? [] : keysIn(readKeyFile(file)).map((key) => ({ key, place: file }))),
  ];
  if (file !== undefined && !keys.some(({ place }) => place === file))
    throw new UserError('serve/api-key', 'holds no key', {
      place: file,
      remedy: 'Write one key a line into it.',
    });
  const bad = keys.find(({ key }) => key.length < shortest);
  if (bad)
    throw new UserError(
      'serve/api-key',
      `a key has ${bad.key.length} characters; expected ${shortest} or more`,
      { place: bad.place, remedy: 'Make one with: openssl rand -hex 32' },
    );
  return keys.map(({ key }) => key);
}

function keysIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((key) => key !== '');
}

function readKeyFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('serve/api-key', `cannot be read: ${messageOf(cause)}`, {
      place: file,
      remedy: 'Check the path and the permissions of the file with the API keys.',
      cause,
    });
  }
}
