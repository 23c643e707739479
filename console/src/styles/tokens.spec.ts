import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const css = readFileSync(join(__dirname, 'tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split(":root[data-theme='dark']");
function token(block: string, name: string): string {
  return new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(block)?.[1] ?? '';
}
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

test.each([['light', light], ['dark', dark]])('texts of the %s tokens stand out 4.5 : 1, series 3 : 1', (_, block) => {
  for (const ground of ['paper', 'panel']) {
    for (const name of ['ink', 'ink-2', 'ink-3', 'sky', 'ok', 'bad', 'stale', 'unknown', 'warn-80', 'warn-90', 'warn-100']) {
      expect(contrast(token(block, name), token(block, ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
    for (const name of ['leaf', 'bark', 'series-4', 'series-5', 'series-6']) {
      expect(contrast(token(block, name), token(block, ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
  }
  expect(contrast(token(block, 'on-leaf'), token(block, 'leaf'))).toBeGreaterThanOrEqual(4.5);
});
