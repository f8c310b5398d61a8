'use client';

import type { SealState as CheckedState } from '@akashi/contracts';
import { useTranslations } from 'next-intl';

/** What was checked, and `explained`: pruned by policy, with its tombstone. */
export type SealState = CheckedState | 'explained';

interface SealMarkProps {
  state: SealState;
  size?: number;
  /** The word beside the mark; without it the word is for screen readers and as a tooltip. */
  withWord?: boolean;
}

/** The product's sign as a proof indicator: filled once it is proven, never before. The only thing that is vermilion. */
export function SealMark({ state, size = 16, withWord = false }: SealMarkProps) {
  const t = useTranslations('seal');
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap" title={withWord ? undefined : t(state)}>
      <SealSquare state={state} size={size} />
      <span className={withWord ? '' : 'visually-hidden'}>{t(state)}</span>
    </span>
  );
}

export function SealSquare({ state, size = 16 }: { state: SealState; size?: number }) {
  const filled = state === 'proven' || state === 'explained';
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden className="shrink-0 text-seal">
      <rect
        x="1"
        y="1"
        width="14"
        height="14"
        rx="2.5"
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.25"
        strokeDasharray={state === 'mismatch' ? '3 2' : undefined}
      />
      {state === 'archived' && (
        <path d="M1.6 8h12.8v4.5a1.9 1.9 0 0 1-1.9 1.9H3.5a1.9 1.9 0 0 1-1.9-1.9z" fill="currentColor" />
      )}
      {state === 'sealed' && <rect x="3" y="3" width="10" height="10" rx="1" fill="none" stroke="currentColor" />}
      {state === 'mismatch' ? (
        <path d="M4.5 4.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      ) : (
        <Glyph color={filled ? 'var(--raised)' : 'currentColor'} />
      )}
      {state === 'explained' && <path d="M1 13.2L13.2 1" stroke="var(--raised)" strokeWidth="1.4" />}
    </svg>
  );
}

/** 証, drawn: text would depend on a font that may not have loaded. */
function Glyph({ color }: { color: string }) {
  return (
    <g stroke={color} strokeWidth="1" fill="none" strokeLinecap="round">
      <path d="M3.4 4.2h3M3.2 6h3.4M3.4 7.7h3M3.5 9.6v2.6h2.8V9.6z" />
      <path d="M8 4.2h5M10.6 4.2v8M8.5 7.2v5M10.6 7.8h2.1M7.6 12.2h5.6" />
    </g>
  );
}
