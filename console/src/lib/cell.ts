// A value of a field as people read it.
import type { Field, Register, Value } from '../api/types';
import { grouped } from './amount';

export interface Speech { yes: string; no: string; language: 'zh' | 'en' }

export function stateTitle(register: Register, value: Value, speech: Speech): string {
  return register.states.find((one) => one.value === value)?.title[speech.language] ?? String(value ?? '');
}
export function cellText(register: Register, field: Field, value: Value | undefined, speech: Speech): string {
  if (value === null || value === undefined || value === '') return '';
  if (field.field === 'state' && register.states.length) return stateTitle(register, value, speech);
  if (Array.isArray(value)) return value.join(speech.language === 'zh' ? '；' : '; ');
  if (typeof value === 'boolean') return value ? speech.yes : speech.no;
  if (field.codes) return field.codes.find((one) => one.value === value)?.title[speech.language] ?? String(value);
  if (isNumeric(field)) return grouped(String(value));
  return String(value);
}
export function isNumeric(field: Field): boolean {
  return field.type === 'int' || field.type === 'decimal';
}

// What somebody typed, as the act takes it; empty is null. Numbers stay texts.
export function valueOf(field: Field, typed: string): Value {
  const text = typed.trim();
  if (text === '') return null;
  if (field.type === 'bool') return text === 'true';
  if (field.type === 'text_list') return text.split(/[;；]/).map((one) => one.trim()).filter(Boolean);
  if (isNumeric(field)) return text.replace(/[,，\s]/g, '');
  return text;
}
export function typedOf(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return Array.isArray(value) ? value.join('；') : String(value);
}

export interface Difference { field: Field; before: string; after: string }
// What changed between two states of a record, by field.
export function differences(register: Register, before: Record<string, Value>, after: Record<string, Value>, speech: Speech): Difference[] {
  return register.fields.map((field) => ({
    field, before: cellText(register, field, before[field.field], speech), after: cellText(register, field, after[field.field], speech),
  })).filter((one) => one.before !== one.after);
}
