import { createHash } from 'node:crypto';
import type { PinnedLine } from '@akashi/database';
import type { EventDetail } from '@akashi/contracts';
import { AppError } from '@akashi/server-kit';
import type { EventService } from '../event/event.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';

export type ReadEvent = Pick<EventService, 'get'>;

const atOnce = 8;

/**
 * The lines that events stand for, by the hash of their sealed text, in the order given. Whoever pins a line has to see it: one
 * that is out of scope, or whose text is hidden, is not found.
 */
export async function pinLines(
  events: ReadEvent,
  context: RequestContext,
  eventIds: readonly string[],
): Promise<PinnedLine[]> {
  return eachOf([...new Set(eventIds)], async (id) => {
    const event = await events.get(context, id);
    if (event.textHidden === true) throw new AppError('not-found');
    return {
      eventId: event.id,
      recordSha256: createHash('sha256').update(recordOf(event)).digest('hex'),
      time: new Date(event['@timestamp']),
      logGroup: event.logGroup,
      logStream: event.logStream,
    };
  });
}

/** The texts of pinned lines that the caller may see now, by event; null where not, or not online any more. */
export async function textsOf(
  events: ReadEvent,
  context: RequestContext,
  lines: readonly Pick<PinnedLine, 'eventId'>[],
): Promise<(string | null)[]> {
  return eachOf(lines, async ({ eventId }) => {
    try {
      const event = await events.get(context, eventId);
      return event.textHidden === true ? null : event.record;
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-found') return null;
      throw error;
    }
  });
}

function recordOf({ record, recordBase64 }: EventDetail): Buffer {
  return recordBase64 === undefined ? Buffer.from(record, 'utf8') : Buffer.from(recordBase64, 'base64');
}

/** A few at a time, in order. */
async function eachOf<In, Out>(values: readonly In[], work: (value: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let at = 0; at < values.length; at += atOnce) {
    results.push(...(await Promise.all(values.slice(at, at + atOnce).map(work))));
  }
  return results;
}
