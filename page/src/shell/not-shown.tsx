import { Failure } from '../parts/failure.tsx';

/** In place of a view that fails itself: the page is opened anew, and with it everything else. */
export function NotShown({ message }: { message: string }) {
  return (
    <>
      <h1>This view cannot be shown</h1>
      <Failure message={message} />
      <p>
        <button type="button" onClick={() => window.location.reload()}>
          Load again
        </button>
      </p>
    </>
  );
}
