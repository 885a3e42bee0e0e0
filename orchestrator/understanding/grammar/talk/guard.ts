/** The rest of a longer turn is no request for items. */
export const longestTurn = 2000;

const templates = /<\|?im_start\|?>[\s\S]{0,2000}?<\|?im_end\|?>|\$?\{[^{}]{0,200}\}+/g;
/** What a terminal takes for orders, and signs that nobody sees: "to\u200by" is a toy. */
const unseen = /\u001b\[[\d;]{0,20}[A-Za-z]|[\p{Cf}\p{Cs}\p{Co}]|(?![\n\t\r])\p{Cc}/gu;
/** What no one says to a shop: addresses, calls and statements of programs, encoded bytes, fences. */
const codes = [
  /\b(?:https?|ftp|file|data):\S+|\bwww\.\S+/gi,
  /```[\s\S]{0,2000}?(?:```|$)/g,
  /\b[A-Za-z_$][\w$]{0,40}(?:\.[\w$]{1,40}){1,4}\([^()]{0,200}\)[ \t]*;?/g,
  /\b[A-Za-z_$][\w$]{0,40}\((?:\s*\d*\s*|["'`][^()]{0,200})\)[ \t]*;?/g,
  /\b(?:return|import|export|var|let|const|def|class|echo|printf|throw|new)\s+[\w.$'"]{1,40}\s*(?:=[^;\n]{0,80})?;/gi,
  /\b(?=[A-Za-z0-9+/]{0,200}[A-Z])(?=[A-Za-z0-9+/]{0,200}[a-z])(?=[A-Za-z0-9+/]{0,200}\d)[A-Za-z0-9+/]{20,}={0,2}/g,
  /\b0x[0-9a-f]+\b|\\[xu][0-9a-f]{2,6}|&#?\w{1,8};/gi,
  /(?:^|\n)\s*(?:system|assistant|user|human|ai|developer)\s*:/gi,
];
const controlToken = /<[^<>]{0,80}>|\[\/?[A-Z]{2,12}\]/g;
const orders =
  'ignore|disregard|forget|override|bypass|reveal|print|show|repeat|output|display|leak|dump|tell|follow';
const whose = 'all|any|your|my|the|these|those|previous|prior|above|earlier|system|hidden|initial|secret';
const injections = [
  new RegExp(
    `\\b(?:${orders})\\b[^.!?\\n]{0,40}\\b(?:${whose})\\b[^.!?\\n]{0,30}\\b(?:instructions?|prompts?)\\b`,
    'i',
  ),
  /\b(?:answer|reply|respond)s?\b[^.!?\n]{0,20}\b(?:only|just|exactly|always|solely)\b[^.!?\n]{0,20}\b(?:with|in|the words?|as)\b/i,
  /\b(?:only|just|always) (?:answer|reply|respond|say|write|speak)\b[^.!?\n]{0,20}\b(?:with|in|the words?|as|like)\b/i,
  /\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,40}\b(?:you were|you have been|you've been|you are) (?:told|given|taught|instructed)\b/i,
  /\b(?:ignore|disregard|forget)\b[^.!?\n]{0,20}\b(?:everything|all|anything)\b[^.!?\n]{0,20}\b(?:above|before|prior|earlier|told)\b/i,
  /\bfrom (?:now|here) on\b[^.!?\n]{0,20}\b(?:you|answer|reply|respond|speak|talk)\b/i,
  /\b(?:system prompt|you are now|act as (?:an?|if|the)|pretend (?:to be|you|that)|developer mode|jailbreak|do anything now|repeat after me|say exactly)\b/i,
  /\b(?:how|what) you (?:were|are|have been) (?:configured|programmed|instructed|trained|set up|made|built|told)\b/i,
  /\b(?:repeat|print|reveal|output|recite|copy)\b[^.!?\n]{0,60}\b(?:verbatim|word for word|(?:our|the|this|your) (?:conversation|configuration))\b/i,
  /\b(?:repeat|print|reveal|output|recite|copy)\b[^.!?\n]{0,20}\b(?:everything|all|anything|texts?|words?|lines?|messages?|what)\b[^.!?\n]{0,20}\babove\b/i,
  /\b(?:repeat|print|reveal|output|recite|copy|show|tell|give|list|write)\b[^.!?\n]{0,30}\b(?:everything|all|anything|whatever|what)\b[^.!?\n]{0,10}\byou(?: were|'ve been| have been| got)? (?:told|given|shown|taught|instructed|fed)\b/i,
  /\bpretend(?:ing)?\b[^.!?\n]{0,30}\b(?:no|any|without) (?:rules?|limits?|restrictions?)\b/i,
  /\b(?:select|drop|delete|insert|update)\b.{0,30}\b(?:from|table|into|set)\b.{0,40}[;*=]/i,
  /(?:javascript:|\/etc\/|\.\.\/|function\s*\()/i,
];

/** Whether a text holds control tokens, or orders to a language model. */
export function speaksToMachine(text: string): boolean {
  const read = text.slice(0, longestTurn);
  return [controlToken, ...injections].some((pattern) => read.search(pattern) >= 0);
}

/** The text without control tokens, unseen signs and web addresses, and without sentences that give orders to a language model. */
export function guard(text: string): string {
  const plain = text
    .slice(0, longestTurn)
    .replace(unseen, '')
    .replace(templates, ' ')
    .replace(controlToken, ' ');
  return codes
    .reduce((left, code) => left.replace(code, ' '), plain)
    .split(/(?<=[.!?\n])/)
    .filter((sentence) => !injections.some((pattern) => pattern.test(sentence)))
    .join('');
}
