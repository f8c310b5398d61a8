import { z } from 'zod';
import { incidentKind } from './incidents.ts';
import { displayName, mailAddress } from './session.ts';
import { moment } from './values.ts';

/** Who is told of incidents. */
export const notificationChannel = z
  .object({
    id: z.uuid(),
    kind: z.enum(['contacts', 'mail', 'webhook']).meta({
      description: '`contacts`: the contacts for security, else all contacts, else the administrators',
    }),
    name: z.string(),
    target: z.string().meta({ description: 'A mail address or a URL; empty for the contacts' }),
    kinds: z.array(incidentKind).meta({ description: 'Of which incidents; none means all' }),
    enabled: z.boolean(),
    createdAt: moment,
    lastSentAt: moment.optional(),
    lastFailedAt: moment.optional(),
    lastError: z.string().optional().meta({ description: 'Why the newest message was not taken, as a code' }),
  })
  .meta({ id: 'NotificationChannel' });

export type NotificationChannelAnswer = z.infer<typeof notificationChannel>;

export const notificationChannelsAnswer = z
  .object({ items: z.array(notificationChannel) })
  .meta({ id: 'NotificationChannels' });

export type NotificationChannelsAnswer = z.infer<typeof notificationChannelsAnswer>;

const kinds = z
  .array(incidentKind)
  .max(incidentKind.options.length)
  .refine((all) => new Set(all).size === all.length, 'names a kind twice');

const webAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url !== undefined && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  }, 'is no web address such as https://hooks.example.jp/akashi');

export const newNotificationChannel = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('mail'), name: displayName, target: mailAddress, kinds: kinds.default([]) }),
    z.strictObject({ kind: z.literal('webhook'), name: displayName, target: webAddress, kinds: kinds.default([]) }),
  ])
  .meta({ id: 'NewNotificationChannel' });

export type NewNotificationChannel = z.infer<typeof newNotificationChannel>;

export const createdNotificationChannel = notificationChannel
  .extend({
    secret: z.string().optional().meta({
      description: 'Of a webhook: what its messages are signed with (Standard Webhooks). Shown this once',
    }),
  })
  .meta({ id: 'CreatedNotificationChannel' });

export type CreatedNotificationChannel = z.infer<typeof createdNotificationChannel>;

export const notificationChannelChange = z
  .strictObject({ name: displayName.optional(), kinds: kinds.optional(), enabled: z.boolean().optional() })
  .meta({ id: 'NotificationChannelChange' });

export type NotificationChannelChange = z.infer<typeof notificationChannelChange>;

export const notificationTry = z
  .object({
    outcome: z.enum(['sent', 'failed']),
    error: z.string().optional().meta({ description: 'Why the message was not taken, as a code' }),
  })
  .meta({ id: 'NotificationTry' });

export type NotificationTry = z.infer<typeof notificationTry>;
