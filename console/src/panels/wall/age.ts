// How long ago a source last recorded, in the largest whole unit. Pure.
export function ageOf(minutes: number): { unit: 'now' | 'minutes' | 'hours' | 'days'; n: number } {
  if (minutes < 1) return { unit: 'now', n: 0 };
  if (minutes < 60) return { unit: 'minutes', n: minutes };
  if (minutes < 2 * 24 * 60) return { unit: 'hours', n: Math.floor(minutes / 60) };
  return { unit: 'days', n: Math.floor(minutes / 1440) };
}
