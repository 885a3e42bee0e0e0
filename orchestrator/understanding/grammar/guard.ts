/** The rest of a longer turn is no request for items. */
export const longestTurn = 2000;

const controlToken = /<[^<>]{0,80}>|\[\/?[A-Z]{2,12}\]|\{\{[^{}]{0,80}\}\}/g;
const orders =
  'ignore|disregard|forget|override|bypass|reveal|print|show|repeat|output|display|leak|dump|tell|follow';
const whose = 'all|any|your|my|the|these|those|previous|prior|above|earlier|system|hidden|initial|secret';
const injections = [
  new RegExp(
    `\\b(?:${orders})\\b[^.!?\\n]{0,40}\\b(?:${whose})\\b[^.!?\\n]{0,30}\\b(?:instructions?|prompts?)\\b`,
    'i',
  ),
  /\b(?:system prompt|you are now|act as (?:an?|if|the)|pretend (?:to be|you|that)|developer mode|jailbreak|do anything now)\b/i,
  /\b(?:select|drop|delete|insert|update)\b.{0,30}\b(?:from|table|into|set)\b.{0,40}[;*=]/i,
  /(?:javascript:|\/etc\/|\.\.\/|function\s*\()/i,
];

/** The text without control tokens, and without sentences that give orders to a language model. */
export function guard(text: string): string {
  return text
    .slice(0, longestTurn)
    .replace(controlToken, ' ')
    .split(/(?<=[.!?\n])/)
    .filter((sentence) => !injections.some((pattern) => pattern.test(sentence)))
    .join('');
}
