import { eventReference } from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';

/** What cannot be an event's id names no event. */
export function checkEventId(id: string): string {
  if (!eventReference.safeParse(id).success) throw new AppError('not-found');
  return id;
}
