import type { ChildMessage } from '../process/protocol.ts';
import { type Place, readNewLines } from '../storage/new-lines.ts';

export const messagesFile = 'messages.jsonl';

const millisecondsBetweenLooks = 250;

/**
 * Passes on the lines of a file as they are written; a file works the same for one process and for a cluster. `stop`
 * reads what is left. A line that is not a message is skipped: a kill may have cut it off.
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
