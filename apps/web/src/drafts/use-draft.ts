'use client';

import { useCallback, useMemo, useState } from 'react';
import { useSession } from '../session/session-context.tsx';
import { draftsOf, readFields } from './drafts.ts';

export interface DraftFields<Fields extends Record<string, string>> {
  /** What was typed; a field that nobody touched is missing. */
  typed: Partial<Fields>;
  type: (change: Partial<Fields>) => void;
  /** Once it is sent, or no longer meant. */
  drop: () => void;
}

/** The fields of a form, kept in this tab until they are sent. Mounted in the browser alone. */
export function useDraft<Fields extends Record<string, string>>(place: string): DraftFields<Fields> {
  const { user } = useSession();
  const drafts = useMemo(
    () => (typeof window === 'undefined' ? null : draftsOf(user.id, window.sessionStorage)),
    [user.id],
  );
  const [typed, setTyped] = useState<Partial<Fields>>(() => readFields<Fields>(drafts?.read(place) ?? null));
  const type = useCallback(
    (change: Partial<Fields>) =>
      setTyped((before) => {
        const next = { ...before, ...change };
        drafts?.keep(place, Object.values(next).every((text) => text === '') ? '' : JSON.stringify(next));
        return next;
      }),
    [drafts, place],
  );
  const drop = useCallback(() => {
    setTyped({});
    drafts?.drop(place);
  }, [drafts, place]);
  return { typed, type, drop };
}
