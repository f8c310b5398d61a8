import { severities } from '@akashi/policy';
import { z } from 'zod';
import { workingHours } from './areas.ts';
import { incidentKind } from './incidents.ts';
import { displayName, mailAddress } from './session.ts';
import { moment } from './values.ts';
import { signingSecret, webAddress } from './web-addresses.ts';

const minute = z.number().int().min(0).max(1439);
const escalation = z
  .strictObject({ channelId: z.uuid(), afterMinutes: z.number().int().min(5).max(1_440) })
  .meta({ id: 'ChannelEscalation', description: 'Which channel is told when nobody has acknowledged after so long' });
const hours = workingHours.refine(({ days }) => days.length > 0, 'names no day');

const severityNote = 'Only incidents of this severity or above';
const hoursNote =
  'When it is told at once, by the organisation’s zone; what is critical and what is escalated is always. Absent: always';
const digestNote =
  'Minutes after midnight at which it is told of what came outside its hours (of everything when it has none); absent: when the hours begin';
const areaNote = 'Only incidents whose log groups are of this area of the daily review';

/** Who is told of incidents. */
export const notificationChannel = z
  .object({
    id: z.uuid(),
    kind: z.enum(['contacts', 'mail', 'webhook', 'slack', 'teams']).meta({
      description: '`contacts`: the contacts for security, else all contacts, else the administrators',
    }),
    name: z.string(),
    target: z
      .string()
      .meta({ description: 'A mail address or a URL; of Slack and Teams its origin alone; empty for the contacts' }),
    kinds: z.array(incidentKind).meta({ description: 'Of which incidents; none means all' }),
    minimalSeverity: z.enum(severities).meta({ description: severityNote }),
    hours: workingHours.optional().meta({ description: hoursNote }),
    digestMinute: minute.optional().meta({ description: digestNote }),
    areaId: z.uuid().optional().meta({ description: areaNote }),
    escalation: escalation.optional(),
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

const settings = {
  kinds: kinds.default([]),
  minimalSeverity: z.enum(severities).default('low').meta({ description: severityNote }),
  hours: hours.optional().meta({ description: hoursNote }),
  digestMinute: minute.optional().meta({ description: digestNote }),
  areaId: z.uuid().optional().meta({ description: areaNote }),
  escalation: escalation.optional(),
};
const onTheWeb = { name: displayName, target: webAddress, ...settings };

export const newNotificationChannel = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('mail'), name: displayName, target: mailAddress, ...settings }),
    z.strictObject({ kind: z.literal('webhook'), ...onTheWeb }),
    z.strictObject({ kind: z.literal('slack'), ...onTheWeb }),
    z.strictObject({ kind: z.literal('teams'), ...onTheWeb }),
  ])
  .meta({
    id: 'NewNotificationChannel',
    description: '`slack`, `teams`: their URL is a secret, which no answer shows again',
  });

export type NewNotificationChannel = z.infer<typeof newNotificationChannel>;

export const createdNotificationChannel = notificationChannel
  .extend({ secret: signingSecret })
  .meta({ id: 'CreatedNotificationChannel' });

export type CreatedNotificationChannel = z.infer<typeof createdNotificationChannel>;

export const notificationChannelChange = z
  .strictObject({
    name: displayName.optional(),
    kinds: kinds.optional(),
    minimalSeverity: z.enum(severities).optional(),
    hours: hours.nullable().optional().meta({ description: 'Null: always' }),
    digestMinute: minute.nullable().optional().meta({ description: 'Null: when the hours begin' }),
    areaId: z.uuid().nullable().optional().meta({ description: 'Null: of everything' }),
    escalation: escalation.nullable().optional().meta({ description: 'Null: nobody else' }),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'NotificationChannelChange' });

export type NotificationChannelChange = z.infer<typeof notificationChannelChange>;

export const notificationTry = z
  .object({
    outcome: z.enum(['sent', 'failed']),
    error: z.string().optional().meta({ description: 'Why the message was not taken, as a code' }),
  })
  .meta({ id: 'NotificationTry' });

export type NotificationTry = z.infer<typeof notificationTry>;
