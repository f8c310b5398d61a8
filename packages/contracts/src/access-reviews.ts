import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, moment } from './values.ts';

const person = z.uuid().nullable();

export const accessReview = z
  .object({
    id: z.uuid(),
    openedAt: moment,
    openedBy: person,
    dueAt: moment,
    closedAt: moment.nullable(),
    closedBy: person,
    items: count,
    decided: count,
    removed: count,
  })
  .meta({ id: 'AccessReview' });

export type AccessReviewAnswer = z.infer<typeof accessReview>;

export const accessReviewsAnswer = z
  .object({
    items: z.array(accessReview),
    nextDueAt: moment.meta({ description: 'When the next review must be finished' }),
    isDue: z.boolean(),
  })
  .meta({ id: 'AccessReviewsAnswer' });

export type AccessReviewsAnswer = z.infer<typeof accessReviewsAnswer>;

export const newAccessReview = z
  .strictObject({ dueAt: moment.optional().meta({ description: '30 days from now when left out' }) })
  .meta({ id: 'NewAccessReview' });

export type NewAccessReview = z.infer<typeof newAccessReview>;

export const accessReviewItem = z
  .object({
    id: z.uuid(),
    kind: z.enum(['member', 'membership', 'grant', 'key']),
    subjectId: z.uuid(),
    snapshot: z.record(z.string(), z.unknown()).meta({ description: 'The right as it was when the review was opened' }),
    ownerId: person.meta({ description: 'Who may decide it besides those who manage all access' }),
    needsAnother: z.boolean().meta({
      description:
        'The caller’s own account, membership or key, or a key that the caller made: another person who manages access decides on it',
    }),
    needsReason: z
      .boolean()
      .meta({ description: 'The caller’s own, while nobody else manages access: confirming it takes a note' }),
    decision: z.enum(['confirm', 'remove']).nullable(),
    note: z.string().nullable(),
    decidedBy: person,
    decidedAt: moment.nullable(),
  })
  .meta({ id: 'AccessReviewItem' });

export const accessReviewDetail = accessReview
  .omit({ items: true })
  .extend({ items: z.array(accessReviewItem) })
  .meta({ id: 'AccessReviewDetail' });

export type AccessReviewDetail = z.infer<typeof accessReviewDetail>;

export const accessReviewDecision = z
  .strictObject({
    decision: z.enum(['confirm', 'remove']),
    note: cardData(
      'masked',
      z
        .string()
        .trim()
        .max(1_000)
        .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character'),
    )
      .nullable()
      .default(null),
  })
  .meta({ id: 'AccessReviewDecision' });

export type AccessReviewDecision = z.infer<typeof accessReviewDecision>;
