'use client';

import { createContext, useContext, type ReactNode } from 'react';
import type { Session } from './session.ts';

/** A session with the moment, on the server's clock, at which it was read. */
export type OpenSession = Session & { readAt: number };

const SessionContext = createContext<OpenSession | null>(null);

export function SessionProvider({ session, children }: { session: OpenSession; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): OpenSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider above it');
  return session;
}
