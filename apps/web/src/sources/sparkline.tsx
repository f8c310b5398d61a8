/** Counts of the last hour, a minute a step; the number beside it says what it shows. */
export function Sparkline({ counts }: { counts: readonly number[] }) {
  const top = Math.max(1, ...counts);
  const points = counts.map((count, index) => `${index * 2},${(19 - (count / top) * 18).toFixed(1)}`).join(' ');
  return (
    <svg
      aria-hidden
      width={120}
      height={20}
      viewBox={`0 0 ${Math.max(2, counts.length * 2)} 20`}
      preserveAspectRatio="none"
      className="shrink-0"
    >
      <line x1="0" x2="100%" y1="19.5" y2="19.5" stroke="var(--line)" vectorEffect="non-scaling-stroke" />
      <polyline
        points={points}
        fill="none"
        stroke="var(--chart-1)"
        strokeWidth="1.25"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
