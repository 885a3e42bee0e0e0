import { useEffect } from 'preact/hooks';

/**
 * Calls `work` at once and again `seconds` after it is done, as long as it answers true and the tab can be seen.
 * A tab that comes back to sight goes on at once. `key` names what is polled: another one begins anew.
 */
export function usePoll(work: (signal: AbortSignal) => Promise<boolean>, seconds: number, key: string): void {
  useEffect(() => {
    const leave = new AbortController();
    let timer: number | undefined;
    let goesOn = true;
    const turn = async () => {
      timer = undefined;
      goesOn = await work(leave.signal).catch(() => !leave.signal.aborted);
      if (goesOn && !leave.signal.aborted && !document.hidden)
        timer = window.setTimeout(turn, seconds * 1000);
    };
    const wake = () => {
      if (!document.hidden && goesOn && timer === undefined) void turn();
    };
    void turn();
    document.addEventListener('visibilitychange', wake);
    return () => {
      leave.abort();
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', wake);
    };
  }, [key]);
}
