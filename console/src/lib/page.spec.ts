import { expect, test } from 'vitest';
import type { Claim } from '../api/types';
import { corrected, piecesOf, replaced } from './page';

function claim(quote: string, recorded: string | null, start = 0): Claim {
  return {
    story: '', start, end: start + Array.from(quote).length, quote, subject: null, indicator: null, zone: null, measure: 'level', value: '', unit: '',
    period: null, verdict: 'contradicted', recorded, readings: [], reason: '', reason_en: '', figure: null,
  };
}

test('the text is cut at the claims, by characters', () => {
  const text = '𠮷地增长3.5%，达12亿元';
  expect(piecesOf(text, [claim('12亿元', null, 10), claim('3.5%', null, 4)])).toEqual([
    { text: '𠮷地增长', claim: null }, { text: '3.5%', claim: 1 }, { text: '，达', claim: null }, { text: '12亿元', claim: 0 },
  ]);
});

test('a correction keeps unit and places of the text', () => {
  expect(corrected(claim('24.6亿元', '2400000000'))).toBe('24.0亿元');
  expect(corrected(claim('19.1%', '19.8'))).toBe('19.8%');
  expect(corrected(claim('490万元', '4910000'))).toBe('491万元');
  expect(corrected(claim('12家', '15'))).toBe('15家');
});

test('no correction where the quote has no single number, or would not change', () => {
  expect(corrected(claim('两位数', '12'))).toBeNull();
  expect(corrected(claim('3—5家', '4'))).toBeNull();
  expect(corrected(claim('19.8%', '19.8'))).toBeNull();
  expect(corrected(claim('19.8%', null))).toBeNull();
  expect(corrected(claim('3.0%', '-2.0'))).toBeNull();
});

test('the quote alone is replaced', () => {
  expect(replaced('增长19.1%。', claim('19.1%', '19.8', 2), '19.8%')).toBe('增长19.8%。');
});
