// Widths of bars in hundredths of the longest; absent and negative values have none. Pure.
export function widthsOf(heights: (number | null)[]): number[] {
  const longest = Math.max(...heights.map((height) => height ?? 0), 0);
  return heights.map((height) => (height === null || height <= 0 || longest === 0 ? 0 : Math.round((height / longest) * 1000) / 10));
}
