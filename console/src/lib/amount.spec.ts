import { expect, test } from 'vitest';
import { grouped, isChange, rounded, shifted, shownAmount, signOf } from './amount';

test('digits are moved and rounded as text', () => {
  expect(shifted('145951781753', 8)).toBe('1459.51781753');
  expect(shifted('5', 4)).toBe('0.0005');
  expect(rounded('1459.51781753', 2)).toBe('1459.52');
  expect(rounded('-0.004', 2)).toBe('0.00');
  expect(rounded('9.995', 2)).toBe('10.00');
  expect(rounded('-2.5', 0)).toBe('-3');
  expect(grouped('-1234567.80')).toBe('-1,234,567.80');
});

test('more digits than a binary number holds stay as they are', () => {
  expect(grouped('90071992547409931')).toBe('90,071,992,547,409,931');
  expect(rounded('90071992547409931.125', 2)).toBe('90071992547409931.13');
});

test('money is shown by its size, other units as they are', () => {
  const yuan = { zh: '元', en: 'yuan' };
  expect(shownAmount('2400000000', 'CNY', yuan, 'zh')).toEqual({ text: '24', unit: '亿元' });
  expect(shownAmount('4900000', 'CNY', yuan, 'zh')).toEqual({ text: '490', unit: '万元' });
  expect(shownAmount('2400000000', 'CNY', yuan, 'en')).toEqual({ text: '2.4', unit: 'bn yuan' });
  expect(shownAmount('19.8', 'percent', { zh: '%', en: '%' }, 'zh')).toEqual({ text: '19.8', unit: '%' });
});

test('changes carry a sign with their number', () => {
  expect([isChange('yoy'), isChange('yoy:naive'), isChange('change_pp:month'), isChange('share:zones')]).toEqual([true, true, true, false]);
  expect([signOf('19.8'), signOf('-3.0'), signOf('0.0')]).toEqual(['▲', '▼', '']);
});
