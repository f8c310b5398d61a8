import { z } from 'zod';
import { logName, moment } from './values.ts';

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');

/** What messages may be written in; `windows-31j` and `cp932` are other names of what is read as `shift_jis`. */
export const senderEncodings = [
  'utf-8',
  'shift_jis',
  'windows-31j',
  'cp932',
  'euc-jp',
  'iso-2022-jp',
  'utf-16le',
  'utf-16be',
] as const;

/** A sender without a key, known by where it comes from or by its client certificate. */
export const sourceValues = z
  .strictObject({
    name,
    addressRange: z
      .string()
      .max(64)
      .nullable()
      .default(null)
      .meta({ description: 'CIDR range or address; the narrowest range that holds a sender is its source' }),
    certificateFingerprint: z
      .string()
      .regex(/^[0-9a-fA-F:]{64,95}$/)
      .nullable()
      .default(null)
      .meta({
        description: 'SHA-256 of the client certificate (DER) in hexadecimal; with an address range, both must fit',
      }),
    logGroup: logName,
    timeZone: z.string().max(64).nullable().default(null).meta({ description: 'IANA zone of lines that name none' }),
    format: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .nullable()
      .default(null)
      .meta({ description: 'Tried first; detection follows' }),
    encoding: z.enum(senderEncodings).nullable().default(null).meta({
      description:
        'Of its messages, which are kept as the UTF-8 text that they stand for; null: UTF-8, bytes unchanged',
    }),
  })
  .meta({ id: 'SourceValues' });

export type SourceValuesRequest = z.infer<typeof sourceValues>;

export const sourceSettings = z
  .object({
    id: z.uuid(),
    kind: z.string(),
    name: z.string(),
    status: z.enum(['waiting', 'active', 'disabled']).meta({
      description: 'waiting: nothing is taken in until the operator of the installation has confirmed the sender',
    }),
    addressRange: z.string().nullable(),
    certificateFingerprint: z.string().nullable(),
    logGroup: z.string(),
    timeZone: z.string().nullable(),
    format: z.string().nullable(),
    encoding: z.string().nullable(),
    createdAt: moment,
    confirmedAt: moment.nullable(),
    disabledAt: moment.nullable(),
  })
  .meta({ id: 'SourceSettings' });

export type SourceSettingsAnswer = z.infer<typeof sourceSettings>;

export const sourceSettingsListAnswer = z
  .object({ items: z.array(sourceSettings) })
  .meta({ id: 'SourceSettingsListAnswer' });

export type SourceSettingsListAnswer = z.infer<typeof sourceSettingsListAnswer>;

const snippet = z.object({
  id: z.string(),
  label: z.object({ ja: z.string(), en: z.string() }),
  fileName: z.string().nullable().meta({ description: 'Where the text is to be put; null for a command' }),
  text: z.string(),
});

/** Configurations of common senders with this installation's addresses, to paste. Secrets are left to be filled in. */
export const senderConfigurationAnswer = z
  .object({ items: z.array(snippet), ca: z.string().nullable().meta({ description: 'PEM that TLS senders trust' }) })
  .meta({ id: 'SenderConfiguration' });

export type SenderConfigurationAnswer = z.infer<typeof senderConfigurationAnswer>;
