import { isPermitted, type Permission } from '@akashi/policy';
import type { Actor } from './request-context.ts';

/** A program may do what its kind does, as far as the person who answers for its key may do it too. */
export function mayUse({ role, responsible }: Actor, permission: Permission): boolean {
  return isPermitted(role, permission) && (responsible === undefined || isPermitted(responsible.role, permission));
}
