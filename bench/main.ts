/** `npm run bench -- NAME [flags]`: one table from one command, or one JSON object with `--json`. */
import { readdirSync } from 'node:fs';

const known = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -3));
const name = process.argv[2];
if (known.includes(name)) {
  process.argv.splice(2, 1);
  await import(`./${name}.ts`);
} else {
  console.error(`npm run bench -- NAME [--json], where NAME is one of: ${known.join(', ')}`);
  process.exitCode = 1;
}
