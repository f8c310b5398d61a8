import { z } from 'zod';
import { count, moment } from './values.ts';

/** What the sender of a batch gets once every record of it is on durable storage. */
export const receipt = z
  .object({ batchId: z.string(), records: count, bytes: count, receivedAt: moment })
  .meta({ id: 'Receipt' });

export type Receipt = z.infer<typeof receipt>;
