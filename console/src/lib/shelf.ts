// Which figures stand on a shelf or on somebody's day, and which span each is shown in.
import type { FigureAnswer, Indicator, Kind } from '../api/types';

export const kKinds: Kind[] = ['cumulative', 'month', 'quarter', 'year', 'as_of'];
const kOrder = ['economy', 'trade', 'innovation', 'park', 'service', 'talent', 'training', 'visitors', 'network', 'core'];
const kTiles = 6;

// Stocks at a point in time; amounts over the year so far; else whatever is recorded.
export function kindFor(indicator: Indicator): Kind | undefined {
  if (indicator.stock && indicator.newest.as_of) return 'as_of';
  return kKinds.find((kind) => indicator.newest[kind] !== undefined);
}

// What is followed; else the first recorded ones of the economy, then of the other packs.
export function chosenFor(all: Indicator[], pins: string[]): Indicator[] {
  const recorded = all.filter((one) => kindFor(one) !== undefined);
  const pinned = pins.flatMap((name) => recorded.filter((one) => one.indicator === name));
  if (pinned.length) return pinned;
  const rank = (one: Indicator) => (kOrder.indexOf(one.pack) + kOrder.length + 1) % (kOrder.length + 1);
  return recorded.filter((one) => one.unit !== 'date').map((one, index) => ({ one, index }))
    .sort((a, b) => Number(b.one.unit === 'CNY') - Number(a.one.unit === 'CNY') || rank(a.one) - rank(b.one) || a.index - b.index)
    .slice(0, kTiles).map(({ one }) => one);
}

export interface Group<T> { pack: string; items: T[] }
export function groupsOf<T extends { pack: string }>(items: T[]): Group<T>[] {
  const out: Group<T>[] = [];
  for (const pack of [...kOrder, ...items.map((one) => one.pack)]) {
    const mine = items.filter((one) => one.pack === pack);
    if (mine.length && !out.some((group) => group.pack === pack)) out.push({ pack, items: mine });
  }
  return out;
}

// What may be compared with what, by kind of figure and span.
export function comparisonsFor(indicator: Indicator, kind: Kind): string[] {
  if (indicator.unit === 'date') return ['level'];
  const out = ['level', 'yoy'];
  if (indicator.comparable) out.push('yoy:naive');
  if (kind === 'month') out.push('mom');
  if (kind === 'cumulative') out.push('change_pp:month', 'change_pp:quarter');
  out.push('gap_pp:nation', 'gap_pp:province', 'gap_pp:city');
  return out;
}

// January and February are one point where they are reported together: then no January is recorded,
// and its place is not a gap.
export function withoutJointJanuary(figures: FigureAnswer[]): FigureAnswer[] {
  const isJanuary = (one: FigureAnswer) => /^\d{4}-01(\.\.01)?$/.test(one.period);
  const isJoint = figures.every((one) => !isJanuary(one) || one.value === null);
  return isJoint ? figures.filter((one) => !isJanuary(one)) : figures;
}
