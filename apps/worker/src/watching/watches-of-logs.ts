import type { Watch } from '../incidents/watches.ts';
import { watchClocks, type ClockWatchParts } from './watch-clocks.ts';
import { watchSilence, type SilenceParts } from './watch-silence.ts';
import { watchFinds, watchLag, watchParsing } from './watch-streams.ts';

type StreamParts = Parameters<typeof watchFinds>[0];

/** What is noticed in the organisations' logs themselves. */
export function watchesOfLogs(parts: SilenceParts & StreamParts & ClockWatchParts): Watch[] {
  return [watchSilence(parts), watchParsing(parts), watchLag(parts), watchFinds(parts), watchClocks(parts)];
}
