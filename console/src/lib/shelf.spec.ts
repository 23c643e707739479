import { expect, test } from 'vitest';
import type { FigureAnswer, Indicator } from '../api/types';
import { chosenFor, comparisonsFor, groupsOf, kindFor, withoutJointJanuary } from './shelf';

function indicator(name: string, more: Partial<Indicator> = {}): Indicator {
  return { indicator: name, title: { zh: name, en: name }, pack: 'economy', unit: 'CNY', comparable: false, stock: false, dimensions: [], newest: { month: '2024-09' }, ...more };
}
const figure = (period: string, value: string | null) => ({ period, value }) as FigureAnswer;

test('what is followed stands on the day; else recorded amounts of the economy first', () => {
  const all = [indicator('a', { pack: 'core' }), indicator('b'), indicator('c', { newest: {} }), indicator('d', { unit: 'persons' })];
  expect(chosenFor(all, []).map((one) => one.indicator)).toEqual(['b', 'a', 'd']);
  expect(chosenFor(all, ['d', 'c']).map((one) => one.indicator)).toEqual(['d']);
});

test('stocks are shown at a point in time', () => {
  expect(kindFor(indicator('a', { stock: true, newest: { month: '2024-09', as_of: '@2024-09-30' } }))).toBe('as_of');
  expect(kindFor(indicator('a', { newest: {} }))).toBeUndefined();
});

test('naive growth is offered where there is a comparable base, none of dates', () => {
  expect(comparisonsFor(indicator('a', { comparable: true }), 'month')).toContain('yoy:naive');
  expect(comparisonsFor(indicator('a', { unit: 'date' }), 'month')).toEqual(['level']);
});

test('a January reported with February is no gap; one of its own is', () => {
  const joint = [figure('2024-01..01', null), figure('2024-01..02', '1')];
  expect(withoutJointJanuary(joint).map((one) => one.period)).toEqual(['2024-01..02']);
  const separate = [figure('2023-01', '1'), figure('2023-02', '1'), figure('2024-01', null)];
  expect(withoutJointJanuary(separate)).toHaveLength(3);
});

test('groups come in the order of the packs, every item once', () => {
  expect(groupsOf([{ pack: 'core' }, { pack: 'x' }, { pack: 'economy' }]).map((one) => one.pack)).toEqual(['economy', 'core', 'x']);
});
