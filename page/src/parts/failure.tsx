/** What went wrong, in the server's words; what to do about it on a line of its own. */
export function Failure({ message }: { message: string }) {
  return (
    <p class="failure" role="alert">
      {message.replaceAll(' → ', '\n→ ')}
    </p>
  );
}
