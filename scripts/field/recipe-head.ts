/** What the head of a recipe says of a system, in the order of the page. */
export const headNames = ['Paper', 'Faithful', 'Differs', 'Budget', 'Costs', 'Published'] as const;
export type HeadName = (typeof headNames)[number];

/** Other words for the same. */
const alike: Record<string, HeadName> = { Papers: 'Paper', Followed: 'Faithful', Cost: 'Costs' };

/**
 * The paragraphs of a recipe's head: `# Faithful: what is followed`, with more of it on indented lines below. `Published`
 * may say of what before its colon: `# Published on Beauty, recall@10: .0648`.
 */
export function recipeHead(text: string): Partial<Record<HeadName, string>> {
  const found: Partial<Record<HeadName, string>> = {};
  let open: HeadName | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (!line.startsWith('#')) break;
    const start = /^# (\w+)\b(.*)$/.exec(line);
    if (start) {
      const name = start[1] as HeadName;
      open = alike[start[1]] ?? (headNames.includes(name) ? name : null);
      if (open) found[open] = start[2].replace(/^:/, '').trim();
    } else if (open && /^# {2,}\S/.test(line)) found[open] += ` ${line.slice(1).trim()}`;
    else open = null;
  }
  return found;
}
