// When to ask again: after a change at once, but not more often than every so often; without events
// often, with them seldom (ages of figures move by themselves). Pure: times in, decisions out.
export interface Pace { everyMs: number; seldomMs: number; leastMs: number }
export interface Heard { isLive: boolean; hasChanged: boolean; askedAt: number }

export function isDue(pace: Pace, heard: Heard, now: number): boolean {
  const passed = now - heard.askedAt;
  if (heard.hasChanged) return passed >= pace.leastMs;
  return passed >= (heard.isLive ? pace.seldomMs : pace.everyMs);
}
