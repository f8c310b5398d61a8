'use client';

import { useState } from 'react';
import { isSessionEnded } from '../api-client/api-problem.ts';

export interface Sending {
  pending: boolean;
  error: unknown;
  /** Runs the request; while one runs, a second is not begun. */
  send: (request: () => Promise<void>) => Promise<void>;
  /** Forgets the error: what it was about is done otherwise. */
  forget: () => void;
}

/** One request at a time, and what became of it. `onEnded` is for a sign-in that took too long or was ended. */
export function useSending(onEnded?: () => void): Sending {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (request: () => Promise<void>) => {
    if (pending) return;
    setPending(true);
    setError(null);
    try {
      await request();
    } catch (failure) {
      if (onEnded && isSessionEnded(failure)) onEnded();
      else setError(failure);
    } finally {
      setPending(false);
    }
  };
  return { pending, error, send, forget: () => setError(null) };
}
