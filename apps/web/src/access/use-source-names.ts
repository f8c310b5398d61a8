import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readSources } from '../api-client/sources.ts';

interface KnownSource {
  id: string;
  name: string;
  kind: string;
  streams: string[];
}

export interface SourceNames {
  list: readonly KnownSource[];
  /** The source's name; its id, or the pattern, when the reader may not know what it is. */
  nameOf: (id: string) => string;
}

/** The sources that the reader may know of, each once. Empty for those who may list none. */
export function useSourceNames(): SourceNames {
  const { data } = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => readSources(signal),
    staleTime: 60_000,
    retry: false,
  });
  return useMemo(() => {
    const known = new Map<string, KnownSource>();
    for (const { id, name, kind, logStream } of data ?? []) {
      const source = known.get(id) ?? { id, name, kind, streams: [] };
      if (logStream !== null) source.streams.push(logStream);
      known.set(id, source);
    }
    return { list: [...known.values()], nameOf: (id) => known.get(id)?.name ?? id };
  }, [data]);
}
