import { z } from 'zod';
import { moment } from './values.ts';

export const signInRequest = z
  .strictObject({
    email: z
      .string()
      .min(3)
      .max(254)
      .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character'),
    password: z.string().min(1).max(1024),
  })
  .meta({ id: 'SignInRequest' });

export type SignInRequest = z.infer<typeof signInRequest>;

/** Who is signed in, and where. */
export const session = z
  .object({
    user: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: z.string(),
      groups: z.array(z.string()),
      language: z.string(),
    }),
    tenant: z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      nameJa: z.string(),
      nameEn: z.string(),
      timeZone: z.string(),
    }),
    idleEndsAt: moment,
    endsAt: moment,
  })
  .meta({ id: 'Session' });

export type Session = z.infer<typeof session>;
