import { expect, test } from 'vitest';
import { isDue } from './pace';

const pace = { everyMs: 5000, seldomMs: 60_000, leastMs: 1000 };

test('asks soon after a change, but not for each of many', () => {
  expect(isDue(pace, { isLive: true, hasChanged: true, askedAt: 0 }, 999)).toBe(false);
  expect(isDue(pace, { isLive: true, hasChanged: true, askedAt: 0 }, 1000)).toBe(true);
});
test('asks seldom while events come, often while none do', () => {
  expect(isDue(pace, { isLive: true, hasChanged: false, askedAt: 0 }, 59_999)).toBe(false);
  expect(isDue(pace, { isLive: true, hasChanged: false, askedAt: 0 }, 60_000)).toBe(true);
  expect(isDue(pace, { isLive: false, hasChanged: false, askedAt: 0 }, 5000)).toBe(true);
});
