'use client';

import { useSyncExternalStore } from 'react';
import { onSupportSessionChange, readSupportSession, type SupportSession } from '../api-client/support-session.ts';

/** The support session of this tab; null on the server and for everybody who has none. */
export function useSupportSession(): SupportSession | null {
  return useSyncExternalStore(onSupportSessionChange, readSupportSession, () => null);
}
