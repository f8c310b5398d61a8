import { z } from 'zod';

/**
 * What becomes of a card number in a text that a request brings. It stands in the OpenAPI document beside the text:
 * `masked`: prose for people; the number is masked and the rest kept. `not-kept`: a secret, a proof, a cursor, a question; used
 * and not stored in clear. A text without a mark is refused when it holds one, so that nothing new can be forgotten.
 */
export type CardDataRule = 'masked' | 'not-kept';

export const cardDataRule = 'x-akashi-card-data';

/** Marks a text, or a whole object of them. Everything inside it has the same rule. */
export function cardData<Schema extends z.ZodType>(rule: CardDataRule, schema: Schema): Schema {
  return schema.meta({ ...schema.meta(), [cardDataRule]: rule });
}

/** Prose for people, such as a reason: a line of at most 1,000 characters. */
export const maskedProse = cardData(
  'masked',
  z
    .string()
    .trim()
    .min(1)
    .max(1_000)
    .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character'),
);
