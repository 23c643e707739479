import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from './en';
import { zh } from './zh';

test('both languages have the same keys, none empty', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)]) expect(text.trim(), key).not.toBe('');
});

test('both have the same places to fill', () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const key of Object.keys(zh) as (keyof typeof zh)[]) expect(places(en[key]), key).toEqual(places(zh[key]));
});

test('English has no Chinese characters but the name of the other language', () => {
  for (const [key, text] of Object.entries(en)) if (key !== 'nav.language') expect(text, key).not.toMatch(/[\u4e00-\u9fff]/);
});

test('components hold no Chinese of their own: every string has a key', () => {
  const folder = join(__dirname, '..');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.vue'));
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/[\u4e00-\u9fff]/);
});
