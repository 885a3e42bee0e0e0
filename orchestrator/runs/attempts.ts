/**
 * Seconds that earlier attempts of a resumed stage took, by the run's events: each until its last event. A stage that
 * started from scratch counts from there.
 */
export function secondsOfAttempts(events: readonly Record<string, unknown>[], stage: string): number {
  let seconds = 0;
  let [started, latest] = [0, 0];
  let isUnderWay = false;
  for (const event of events) {
    if (event.stage !== stage) continue;
    const at = Date.parse(String(event.at)) / 1000;
    if (event.type === 'stage-started') {
      seconds = event.resumed ? seconds + latest - started : 0;
      started = at;
      isUnderWay = true;
    }
    // What fails before it starts took no time.
    if (isUnderWay) latest = at;
    if (event.type === 'stage-failed' || event.type === 'stage-stopped') isUnderWay = false;
  }
  return seconds + latest - started;
}
