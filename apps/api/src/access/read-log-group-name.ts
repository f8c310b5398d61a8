import { logName } from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';

/** What cannot be the name of a log group names none. */
export function readLogGroupName(name: string): string {
  if (!logName.safeParse(name).success) throw new AppError('not-found');
  return name;
}
