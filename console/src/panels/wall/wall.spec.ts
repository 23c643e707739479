import { expect, test } from 'vitest';
import { ageOf } from './age';
import { widthsOf } from './bars';

test('an age is told in the largest whole unit', () => {
  expect(ageOf(0)).toEqual({ unit: 'now', n: 0 });
  expect(ageOf(59)).toEqual({ unit: 'minutes', n: 59 });
  expect(ageOf(60)).toEqual({ unit: 'hours', n: 1 });
  expect(ageOf(2879)).toEqual({ unit: 'hours', n: 47 });
  expect(ageOf(2880)).toEqual({ unit: 'days', n: 2 });
});

test('bars are as long as their share of the longest', () => {
  expect(widthsOf([4, 1, null, -2, 0])).toEqual([100, 25, 0, 0, 0]);
  expect(widthsOf([])).toEqual([]);
  expect(widthsOf([0, null])).toEqual([0, 0]);
});
