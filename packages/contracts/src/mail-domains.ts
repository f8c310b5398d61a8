import { z } from 'zod';
import { moment } from './values.ts';

/** As DNS has it (RFC 1035, 2.3.1): a name in another script in its ASCII form (RFC 5891). */
const domainName = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(
    /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    'is no domain name such as example.jp',
  );

export const newMailDomain = z.strictObject({ domain: domainName }).meta({ id: 'NewMailDomain' });

export type NewMailDomain = z.infer<typeof newMailDomain>;

export const mailDomain = z
  .object({
    id: z.uuid(),
    domain: z.string(),
    state: z.enum(['requested', 'confirmed']),
    requestedAt: moment,
    confirmedAt: moment.nullable(),
  })
  .meta({ id: 'MailDomain', description: 'An identity provider vouches for addresses of confirmed domains alone' });

export type MailDomainAnswer = z.infer<typeof mailDomain>;

export const mailDomainsAnswer = z.object({ items: z.array(mailDomain) }).meta({ id: 'MailDomains' });

export type MailDomainsAnswer = z.infer<typeof mailDomainsAnswer>;
