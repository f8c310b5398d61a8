'use client';

import { useTranslations } from 'next-intl';
import type { Rule } from '../api-client/rules.ts';

export type RuleState = 'on' | 'cannot-match' | 'off' | 'switched-off';

/** What needs a person stands before what does not. */
export const stateRanks: Readonly<Record<RuleState, number>> = { 'switched-off': 0, 'cannot-match': 1, on: 2, off: 3 };

export function stateOf({ enabled, switchedOff, cannotMatch }: Rule): RuleState {
  if (switchedOff !== null) return 'switched-off';
  if (!enabled) return 'off';
  return cannotMatch.length > 0 ? 'cannot-match' : 'on';
}

const tones: Readonly<Record<RuleState, string>> = {
  on: 'text-good',
  'cannot-match': 'text-attention',
  off: 'text-muted',
  'switched-off': 'text-bad',
};

export function RuleStateWord({ rule }: { rule: Rule }) {
  const t = useTranslations('rules.states');
  const state = stateOf(rule);
  return <span className={tones[state]}>{t(state)}</span>;
}
