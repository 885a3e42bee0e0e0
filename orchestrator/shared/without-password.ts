/** A text without the passwords of addresses in it: `postgres://user:***@host/db`. */
export function withoutPassword(text: string): string {
  return text
    .replace(/([a-z][a-z\d+.-]*:\/\/[^\s/:@]*):\S*@/gi, '$1:***@')
    .replace(/([?&](?:password|passwd|pwd|pass)=)[^\s&]*/gi, '$1***');
}
