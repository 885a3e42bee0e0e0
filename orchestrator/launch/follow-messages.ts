import type { ChildMessage } from '../process/protocol.ts';
import { type Place, readNewLines } from '../storage/new-lines.ts';

export const messagesFile = 'messages.jsonl';

const millisecondsBetweenLooks = 250;

/**
 * Passes the lines of a file on as they come; a file works alike for one process and for a cluster's. `stop` reads
 * what is left. A line that is no message is passed over: a kill may have torn it.
 */
export function followMessages(path: string, onMessage: (message: ChildMessage) => void): { stop(): void } {
  let place: Place | null = null;
  const look = () => {
    for (let more = true; more; ) {
      const found = readNewLines(path, place);
      if (!found) return;
      place = found.place;
      more = found.more;
      for (const line of found.lines)
        if (typeof line.type === 'string') onMessage(line as unknown as ChildMessage);
    }
  };
  const timer = setInterval(look, millisecondsBetweenLooks);
  return {
    stop() {
      clearInterval(timer);
      look();
    },
  };
}
