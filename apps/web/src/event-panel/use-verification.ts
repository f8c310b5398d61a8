'use client';

import { useQuery } from '@tanstack/react-query';
import type { EventRecord } from '../api-client/event.ts';
import { readProof } from '../api-client/integrity.ts';

/** The verification of one event, run when a person asks for it; every mark of the event shows its outcome. */
export function useVerification(id: string, event: EventRecord | undefined) {
  return useQuery({
    queryKey: ['verification', id],
    enabled: false,
    retry: false,
    gcTime: Infinity,
    queryFn: async () => {
      if (!event) throw new Error('an event is verified once it is shown');
      // The curve arithmetic is fetched only when somebody verifies.
      const [verify, { proof, withheld, verifierKey, document }] = await Promise.all([
        import('./verify-event.ts'),
        readProof(id),
      ]);
      if (proof !== undefined) {
        return verify.verifyEvent(event, { proof, verifierKey, differing: document?.fields ?? null });
      }
      if (withheld !== undefined) return verify.verifyWithheldEvent(event, withheld, verifierKey);
      throw new Error('a proof answer holds a proof, with the record or without it');
    },
  });
}
