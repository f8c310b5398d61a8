import type { StreamName } from '@akashi/database';

const longestName = 200;

/** The place of an incident about a stream. Names of streams may come from senders: a long one is cut. */
export function placeOfStream({ logGroup, logStream }: Omit<StreamName, 'tenantId'>): string {
  return `stream ${logGroup} ${logStream.length > longestName ? `${logStream.slice(0, longestName)}…` : logStream}`;
}

/** Whether an incident is about a stream. */
export const isPlaceOfStream = (where: string): boolean => where.startsWith('stream ');
