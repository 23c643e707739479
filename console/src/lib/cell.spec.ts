import { expect, test } from 'vitest';
import type { Field, Register } from '../api/types';
import { cellText, differences, valueOf } from './cell';

const speech = { yes: '是', no: '否', language: 'zh' as const };
function field(name: string, type: string, more: Partial<Field> = {}): Field {
  return { field: name, type, title: { zh: name, en: name }, required: false, personal: false, effective: false, ...more };
}
const register: Register = {
  register: 'r', title: { zh: '', en: '' }, pack: 'p', statistics: false, person: false, key: [], names: [], moves: [], may: {},
  fields: [field('amount', 'decimal'), field('kind', 'code', { codes: [{ value: 'a', title: { zh: '甲', en: 'A' } }] }), field('state', 'code')],
  states: [{ value: 'draft', title: { zh: '草稿', en: 'Draft' } }],
};

test('values are shown by their field', () => {
  expect(cellText(register, register.fields[0]!, '14894480.00', speech)).toBe('14,894,480.00');
  expect(cellText(register, register.fields[1]!, 'a', speech)).toBe('甲');
  expect(cellText(register, register.fields[2]!, 'draft', speech)).toBe('草稿');
  expect(cellText(register, field('f', 'bool'), false, speech)).toBe('否');
});

test('what is typed stays exact', () => {
  expect(valueOf(field('f', 'decimal'), ' 12,345,678,901,234,567.89 ')).toBe('12345678901234567.89');
  expect(valueOf(field('f', 'text_list'), '甲；乙;丙')).toEqual(['甲', '乙', '丙']);
  expect(valueOf(field('f', 'bool'), 'true')).toBe(true);
  expect(valueOf(field('f', 'text'), '  ')).toBeNull();
});

test('differences name the fields that changed', () => {
  const found = differences(register, { amount: '1', kind: 'a', state: 'draft' }, { amount: '2', kind: 'a', state: 'draft' }, speech);
  expect(found.map((one) => [one.field.field, one.before, one.after])).toEqual([['amount', '1', '2']]);
});
