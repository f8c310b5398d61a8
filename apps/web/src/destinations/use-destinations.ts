'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify } from '../forms/notices.tsx';

interface Made {
  readonly name: string;
  readonly secret?: string | undefined;
}

export interface Destinations<Item, Created extends Made> {
  readonly adding: boolean;
  readonly add: () => void;
  readonly closeAdding: () => void;
  /** The new one, whose secret is shown once; null when there is none to show. */
  readonly made: Created | null;
  readonly hideSecret: () => void;
  readonly removed: Item | null;
  readonly askToRemove: (item: Item | null) => void;
  /** Why the newest act came to nothing. */
  readonly failed: string | null;
  /** Does something, says in a notice what, and reads a list anew. */
  readonly act: (key: string, work: () => Promise<string>, whyNot: (error: unknown) => string) => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly noteMade: (created: Created, addedWord: string) => Promise<void>;
}

/** Where things leave to, as a list that people add to and take from: the states of the page around it. */
export function useDestinations<Item, Created extends Made>(queryKey: string): Destinations<Item, Created> {
  const notify = useNotify();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<Created | null>(null);
  const [removed, setRemoved] = useState<Item | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const reread = (key: string): Promise<void> => client.invalidateQueries({ queryKey: [key] });
  const refresh = () => reread(queryKey);
  return {
    adding,
    add: () => setAdding(true),
    closeAdding: () => setAdding(false),
    made,
    hideSecret: () => setMade(null),
    removed,
    askToRemove: setRemoved,
    failed,
    act: async (key, work, whyNot) => {
      setFailed(null);
      try {
        notify({ text: await work() });
      } catch (error) {
        setFailed(whyNot(error));
      }
      await reread(key);
    },
    refresh,
    noteMade: async (created, addedWord) => {
      await refresh();
      if (created.secret === undefined) notify({ text: addedWord });
      else setMade(created);
    },
  };
}
