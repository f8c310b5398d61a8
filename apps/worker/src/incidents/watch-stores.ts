import type { IncidentKind } from '@akashi/policy';
import { faultCode } from '../fault-code.ts';
import type { Watch } from './watches.ts';

export interface StoreProbe {
  readonly kind: Extract<
    IncidentKind,
    'index-unavailable' | 'archive-unavailable' | 'pipeline-late' | 'notification-failed'
  >;
  readonly where: string;
  /** Rejects while the store does not do its part. */
  readonly probe: () => Promise<unknown>;
}

/** A store that restarts is none: it is an incident when two looks in a row find it away. */
const failsInARow = 2;
const answersWithinMs = 10_000;

/** What the worker needs beside its database, as the installation's people are told of it. */
export function watchStores(probes: readonly StoreProbe[]): Watch {
  const failures = new Map<string, number>();
  const places = new Set(probes.map(({ where }) => where));
  return {
    name: 'stores',
    kinds: [...new Set(probes.map(({ kind }) => kind))],
    owns: (where) => places.has(where),
    look: async () => {
      const answers = await Promise.all(
        probes.map(async ({ kind, where, probe }) => {
          const cause = await failureOf(probe);
          failures.set(where, cause === null ? 0 : (failures.get(where) ?? 0) + 1);
          const isAway = (failures.get(where) ?? 0) >= failsInARow;
          return isAway && cause !== null ? [{ owner: 'platform' as const, kind, where, cause }] : [];
        }),
      );
      return answers.flat();
    },
    evidence: () =>
      probes.map(({ where }) => ({ name: where, wrong: (failures.get(where) ?? 0) > 0 ? 1 : 0, details: {} })),
  };
}

/** The code of why a store does not answer; null when it does. */
async function failureOf(probe: () => Promise<unknown>): Promise<string | null> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(Object.assign(new Error('no answer'), { code: 'timeout' })), answersWithinMs);
  try {
    await Promise.race([probe(), late]);
    return null;
  } catch (error) {
    return faultCode(error);
  } finally {
    clearTimeout(timer);
  }
}
