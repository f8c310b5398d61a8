import type { RequestContext } from '../request-context/request-context.ts';
import { mayUse } from '../request-context/may-use.ts';

/** Whose act an event was follows from the masters: only who may read those is told. Support is let in to logs alone. */
export function maySeePeople({ actor, isSupport }: Pick<RequestContext, 'actor' | 'isSupport'>): boolean {
  return isSupport !== true && mayUse(actor, 'masters.read');
}
