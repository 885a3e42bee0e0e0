/** Where FNV-1a of 32 bits begins. */
export const fnvStart = 0x811c9dc5;

/** FNV-1a over the code units of a text, 32 bits without a sign. */
export function fnv1a(text: string, start = fnvStart): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
