import type { RunSql } from '../../scoped-transaction.ts';
import { rhythms, type Rhythms } from './rhythms.ts';
import { streamLooks, type StreamLooks } from './stream-looks.ts';
import { watchLooks, type WatchLooks } from './watch-looks.ts';

/** What the worker's watches look at, of all organisations at once, so that quiet ones cost nothing. Figures, no content. */
export interface Watching {
  readonly rhythms: Rhythms;
  readonly streams: StreamLooks;
  readonly looks: WatchLooks;
}

export function watching(run: RunSql): Watching {
  return { rhythms: rhythms(run), streams: streamLooks(run), looks: watchLooks(run) };
}
