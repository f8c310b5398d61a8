import { AppError } from '@akashi/server-kit';
import type { IntakeDecision, RateState } from './intake-quotas.ts';

/**
 * What a sender is told with each answer: `RateLimit-Policy` and `RateLimit` as in the IETF draft of that name. The window
 * is the time in which an empty bucket fills.
 */
export function rateHeaders(states: readonly RateState[]): Record<string, string> {
  if (states.length === 0) return {};
  const policy = states.map(({ name, burst, perSecond }) => `"${name}";q=${burst};w=${Math.ceil(burst / perSecond)}`);
  const left = states.map(({ name, remaining }) => `"${name}";r=${remaining}`);
  return { 'ratelimit-policy': policy.join(', '), ratelimit: left.join(', ') };
}

/** What an HTTP sender is answered that may not send now; undefined for one that may. */
export function refusalOf(decision: IntakeDecision): AppError | undefined {
  switch (decision.code) {
    case 'open':
      return undefined;
    case 'tenant-suspended':
      return new AppError('tenant-suspended');
    case 'quota-exceeded':
      return new AppError('quota-exceeded', {
        reason: decision.quota,
        retryAfterSeconds: Math.ceil(decision.waitMs / 1000),
        params: { quota: decision.quota, limit: decision.limit },
      });
  }
}
