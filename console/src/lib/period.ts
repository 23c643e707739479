// Periods as identities write them: 2024-09, 2024-01..09, 2024-Q3, 2024, @2024-09-30.

function monthBack(year: number, month: number, back: number): [number, number] {
  const index = year * 12 + month - 1 - back;
  return [Math.floor(index / 12), (index % 12) + 1];
}
const two = (n: number) => String(n).padStart(2, '0');

export function lastDay(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

// The `count` periods of the same kind that end with `newest`, oldest first.
export function periodsBack(newest: string, count: number): string[] {
  const out: string[] = [];
  for (let back = count - 1; back >= 0; --back) {
    const one = periodBack(newest, back);
    if (one) out.push(one);
  }
  return out;
}

export function periodBack(newest: string, back: number): string | null {
  let match = /^(\d{4})-01\.\.(\d\d)$/.exec(newest);
  if (match) {
    const [year, month] = monthBack(Number(match[1]), Number(match[2]), back);
    return `${year}-01..${two(month)}`;
  }
  match = /^(\d{4})-(\d\d)$/.exec(newest);
  if (match) {
    const [year, month] = monthBack(Number(match[1]), Number(match[2]), back);
    return `${year}-${two(month)}`;
  }
  match = /^(\d{4})-Q(\d)$/.exec(newest);
  if (match) {
    const index = Number(match[1]) * 4 + Number(match[2]) - 1 - back;
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  }
  match = /^(\d{4})$/.exec(newest);
  if (match) return String(Number(match[1]) - back);
  match = /^@(\d{4})-(\d\d)-(\d\d)$/.exec(newest);
  if (match) {
    if (back === 0) return newest;
    const [year, month] = monthBack(Number(match[1]), Number(match[2]), back);
    return `@${year}-${two(month)}-${two(lastDay(year, month))}`;
  }
  return back === 0 ? newest : null;
}

// Short, for axes: 2024-09 → 24.09, 2024-01..09 → 24.1–9.
export function axisLabel(period: string): string {
  const cumulative = /^\d\d(\d\d)-01\.\.(\d\d)$/.exec(period);
  if (cumulative) return `${cumulative[1]}.1–${Number(cumulative[2])}`;
  const month = /^\d\d(\d\d)-(\d\d)$/.exec(period);
  if (month) return `${month[1]}.${month[2]}`;
  const day = /^@\d\d(\d\d)-(\d\d)-(\d\d)$/.exec(period);
  if (day) return `${day[1]}.${day[2]}.${day[3]}`;
  return period;
}
export function identityOf(zone: string, indicator: string, period: string, comparison: string, dimensions: Record<string, string>): string {
  const path = [zone, indicator, period, ...(comparison && comparison !== 'level' ? [comparison] : [])].join('/');
  const query = Object.keys(dimensions).filter((name) => dimensions[name]).sort().map((name) => `${name}=${dimensions[name]}`).join('&');
  return query ? `${path}?${query}` : path;
}
