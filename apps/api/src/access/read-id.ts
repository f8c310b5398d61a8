import { AppError } from '@akashi/server-kit';
import { z } from 'zod';

const uuid = z.uuid();

/** What cannot be an id names nothing. */
export function readId(text: string): string {
  const read = uuid.safeParse(text);
  if (!read.success) throw new AppError('not-found');
  return read.data;
}
