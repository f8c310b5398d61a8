import { isPermitted } from '@akashi/policy';
import type { RequestContext } from '../request-context/request-context.ts';

/** Whose act an event was follows from the masters: only who may read those is told. Support is let in to logs alone. */
export function maySeePeople({ actor, isSupport }: Pick<RequestContext, 'actor' | 'isSupport'>): boolean {
  const { role, responsible } = actor;
  return (
    isSupport !== true &&
    isPermitted(role, 'masters.read') &&
    (responsible === undefined || isPermitted(responsible.role, 'masters.read'))
  );
}
