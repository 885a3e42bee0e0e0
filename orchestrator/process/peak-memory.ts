import { readFileSync } from 'node:fs';

/** The most memory this process ever had resident, in bytes. */
export function peakMemory(): number {
  try {
    // Where Linux tells it: `maxRSS` there also counts the parent at the moment of the fork.
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    if (match) return Number(match[1]) * 1024;
  } catch {}
  return process.resourceUsage().maxRSS * 1024;
}
