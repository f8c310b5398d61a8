import { session as sessionSchema, type Session } from '@akashi/contracts';
import { cookies } from 'next/headers';
import { readEnv } from '../env.ts';

export type SessionReading =
  { state: 'signed-in'; session: Session; readAt: number } | { state: 'signed-out' } | { state: 'unreachable' };

/** Who is asking, so that the first paint already names the organisation. The API checks every call again. */
export async function readSession(): Promise<SessionReading> {
  const cookie = (await cookies()).toString();
  if (cookie === '') return { state: 'signed-out' };
  const { apiUrl, now } = readEnv();
  try {
    const response = await fetch(`${apiUrl}/v1/session`, {
      headers: { cookie, accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(5000),
    });
    if (response.status === 401) return { state: 'signed-out' };
    const parsed = sessionSchema.safeParse(await response.json());
    return parsed.success ? { state: 'signed-in', session: parsed.data, readAt: now() } : { state: 'unreachable' };
  } catch {
    return { state: 'unreachable' };
  }
}
