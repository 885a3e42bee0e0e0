import type { IndexOverview } from '../../../orchestrator/server/page/wire.ts';

export type Source = IndexOverview['levels'][number]['source'];

export const sourceNames: Record<NonNullable<Source>, string> = {
  semantic: 'meaning',
  behaviour: 'behaviour',
  joined: 'meaning and behaviour',
  identity: 'tells apart',
};

/** The code of an item, a chip a digit, coloured by what the digit was made from. */
export function Code({ tokens, sources }: { tokens: readonly string[]; sources?: readonly Source[] }) {
  return (
    <span class="code" role="img" aria-label={`code ${tokens.map(plainToken).join(' ')}`}>
      {tokens.map((token, level) => (
        <span key={token} class={`digit digit-${sources?.[level] ?? 'plain'}`}>
          {plainToken(token)}
        </span>
      ))}
    </span>
  );
}

/** `<a_12>` as `a12`. */
export function plainToken(token: string): string {
  return token.replace(/^<(\w+)_(\d+)>$/, '$1$2');
}
