import { notASelect } from './database-error.ts';

const tableName = /^[\p{L}_][\p{L}\p{N}_$]*(\.[\p{L}_][\p{L}\p{N}_$]*){0,2}$/u;

/**
 * The SELECT that a setting asks for: itself, or all of the table that it names. Throws a UserError for another statement;
 * what only begins like a SELECT is refused by the database, which is asked in a read-only transaction.
 */
export function selectText(setting: string, quote: '"' | '`', place: string, what: string): string {
  const text = setting.trim().replace(/;\s*$/, '');
  if (tableName.test(text))
    return `SELECT * FROM ${text
      .split('.')
      .map((part) => `${quote}${part}${quote}`)
      .join('.')}`;
  if (!/^(select|with|values|\()/i.test(withoutComments(text)))
    throw notASelect(place, what, JSON.stringify(text.slice(0, 40)));
  return text;
}

/** Whether rows come in an order that the query gives: an ORDER BY outside of all brackets. */
export function hasOwnOrder(query: string): boolean {
  let text = withoutComments(query).replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`/g, ' ');
  for (let last = ''; last !== text; ) {
    last = text;
    text = text.replace(/\([^()]*\)/g, ' ');
  }
  return /\border\s+by\b/i.test(text);
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\n)\s*(--|#)[^\n]*/g, '$1')
    .trim();
}
