import type { Outcome } from './chart-model.ts';

/** Outcomes differ by pattern as well as by colour: solid, hatched, pale. */
export const outcomeFill: Record<Outcome, string> = {
  failure: 'var(--chart-2)',
  success: 'url(#outcome-success)',
  unknown: 'url(#outcome-unknown)',
};

export function OutcomePatterns() {
  return (
    <defs>
      <pattern id="outcome-success" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="4" height="4" fill="var(--chart-1)" fillOpacity="0.35" />
        <rect width="2" height="4" fill="var(--chart-1)" />
      </pattern>
      <pattern id="outcome-unknown" width="4" height="3" patternUnits="userSpaceOnUse">
        <rect width="4" height="3" fill="var(--chart-5)" fillOpacity="0.25" />
        <rect width="4" height="1" fill="var(--chart-5)" />
      </pattern>
    </defs>
  );
}

export function OutcomeSwatch({ outcome }: { outcome: Outcome }) {
  return (
    <svg width="12" height="12" aria-hidden className="shrink-0">
      <OutcomePatterns />
      <rect width="12" height="12" fill={outcomeFill[outcome]} />
    </svg>
  );
}
