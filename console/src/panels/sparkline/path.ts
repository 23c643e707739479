// A line without axes, as the path of an SVG: gaps where a value is absent.
export function sparkPath(values: (number | null)[], width: number, height: number): string {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return '';
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const step = width / Math.max(values.length - 1, 1);
  let out = '';
  let isDown = false;
  values.forEach((value, index) => {
    if (value !== null) {
      const y = height - 2 - ((value - low) / span) * (height - 4);
      // A point on its own is a stroke of no length, which a round cap makes a dot.
      const isAlone = !isDown && (values[index + 1] ?? null) === null;
      out += `${isDown ? 'L' : 'M'}${(index * step).toFixed(1)} ${y.toFixed(1)}${isAlone ? 'h0' : ''}`;
    }
    isDown = value !== null;
  });
  return out;
}
