const reference = /\$\$\{|\$\{([^}]*)\}/g;
const variable = /^([A-Za-z_][A-Za-z0-9_]*)(?::-([\s\S]*))?$/;

/** Null: none is read, because who wrote the recipe must not learn this process's environment. */
export type Environment = Record<string, string | undefined> | null;

/** Whether a text needs an environment: `$${` stands for a plain `${`. */
export function refersToEnvironment(text: string): boolean {
  return [...text.matchAll(reference)].some(([, inside]) => inside !== undefined);
}

/**
 * Replaces `${NAME}` and `${NAME:-default}`; `$${` stands for a plain `${`.
 * What cannot be replaced is given to `fail` in words.
 */
export function expandEnvironment(
  text: string,
  env: Record<string, string | undefined>,
  fail: (message: string, remedy: string) => void,
): string {
  return text.replace(reference, (whole, inside: string | undefined) => {
    if (inside === undefined) return '$' + '{';
    const match = variable.exec(inside);
    if (!match) {
      fail(`${whole} is not a reference to an environment variable`, `Write \${NAME} or \${NAME:-default}.`);
      return whole;
    }
    const [, name, fallback] = match;
    // As in a shell, a default also stands in for an empty value.
    const value = env[name] || (fallback ?? env[name]);
    if (value !== undefined) return value;
    fail(
      `the environment variable ${name} is not set`,
      `Set it (${name}=… eager-llm …) or give a default: \${${name}:-default}.`,
    );
    return whole;
  });
}
