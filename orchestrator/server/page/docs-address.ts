/** What a `package.json` says of where its sources are kept, as npm takes it. */
export type Repository = string | { url?: string } | undefined;

/** Where the documentation can be read: in the repository of the package, where that lies at GitHub; else null. */
export function docsAddress(repository: Repository): string | null {
  const written = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const match =
    /^(?:github:|(?:git\+)?(?:https|ssh|git):\/\/(?:git@)?github\.com\/|git@github\.com:)?([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      written,
    );
  return match ? `https://github.com/${match[1]}/blob/HEAD/docs/` : null;
}
