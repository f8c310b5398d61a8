import type { SourceActivity } from '@akashi/database';
import { isPermitted, reachOfLogGroup, reachOfStream } from '@akashi/policy';
import type { RequestContext } from '../request-context/request-context.ts';

/** A source without any stream yet shows no log of anybody: those see it who read its log group or keep the sources. */
export function reachOfSource(context: RequestContext, source: SourceActivity): 'none' | 'part' | 'all' {
  const { sourceId, logGroup, logStream } = source;
  if (logGroup !== null && logStream !== null) return reachOfStream(context.scope, { logGroup, logStream, sourceId });
  if (isPermitted(context.actor.role, 'sources.manage')) return 'all';
  return reachOfLogGroup(context.scope, logGroup ?? '');
}
