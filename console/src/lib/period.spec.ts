import { expect, test } from 'vitest';
import { axisLabel, identityOf, periodsBack } from './period';

test('periods go back over the year', () => {
  expect(periodsBack('2024-02', 3)).toEqual(['2023-12', '2024-01', '2024-02']);
  expect(periodsBack('2024-01..02', 2)).toEqual(['2024-01..01', '2024-01..02']);
  expect(periodsBack('2024-Q1', 2)).toEqual(['2023-Q4', '2024-Q1']);
  expect(periodsBack('2023', 2)).toEqual(['2022', '2023']);
  expect(periodsBack('@2024-03-15', 2)).toEqual(['@2024-02-29', '@2024-03-15']);
});

test('labels of axes are short', () => {
  expect(['2024-09', '2024-01..09', '2024-Q3', '@2024-09-30'].map(axisLabel)).toEqual(['24.09', '24.1–9', '2024-Q3', '24.09.30']);
});

test('identities have sorted dimensions and leave out what is default', () => {
  expect(identityOf('z', 'i', '2024', 'level', {})).toBe('z/i/2024');
  expect(identityOf('z', 'i', '2024', 'yoy', { b: '2', a: '1', c: '' })).toBe('z/i/2024/yoy?a=1&b=2');
});
