/** For Node, before a file in TypeScript: by it the tests themselves are loaded. */
export const typescriptLoader = `--import=${new URL('../scripts/typescript/load.mjs', import.meta.url)}`;
