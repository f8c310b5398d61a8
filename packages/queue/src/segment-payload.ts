import { z } from 'zod';

/**
 * What a pipeline job carries: a reference to a landing segment, never log text. `schema` tells jobs of an older
 * release, still in flight during an update, from new ones.
 */
export const segmentPayload = z.object({
  schema: z.literal(1),
  tenantId: z.guid(),
  segmentId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
});

export type SegmentPayload = z.infer<typeof segmentPayload>;
