import { expect, test } from 'vitest';
import { sparkPath } from './path';

test('values are drawn from low to high, with gaps', () => {
  expect(sparkPath([0, 1], 10, 20)).toBe('M0.0 18.0L10.0 2.0');
  expect(sparkPath([0, null, 1], 10, 20)).toBe('M0.0 18.0h0M10.0 2.0h0');
  expect(sparkPath([null, 1], 10, 20)).toBe('');
});
