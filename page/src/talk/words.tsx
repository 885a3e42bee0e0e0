/** A text in which words between stars matter. */
export function Words({ text }: { text: string }) {
  return (
    <>
      {text
        .split(/\*([^*\n]+)\*/)
        .map((piece, at) => (at % 2 === 1 ? <em key={`${at} ${piece}`}>{piece}</em> : piece))}
    </>
  );
}
