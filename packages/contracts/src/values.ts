import { z } from 'zod';
import { cardData } from './kept-text.ts';

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/** A moment in RFC 3339 with its zone. */
export const moment = z
  .string()
  .regex(rfc3339, 'expected RFC 3339 with a zone, such as 2026-11-22T09:00:00+09:00')
  .refine((text) => !Number.isNaN(Date.parse(text)), 'is no moment of the calendar')
  .meta({ format: 'date-time' });

/** A log group or stream name, as CloudWatch Logs has them. */
export const logName = z.string().regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, 'may hold letters, digits and . - _ / #');

/** A log group name in which `*` stands for any characters. */
export const logGroupPattern = z
  .string()
  .regex(/^[.\-_/#A-Za-z0-9*]{1,512}$/, 'may hold letters, digits, * and . - _ / #');

/** Opaque, and the same from the moment the event is first visible. */
export const eventId = z.string().regex(/^[A-Za-z0-9_-]{22}\.(0|[1-9]\d{0,9})$/);

/** What names an event where one is asked for: its id, or the `<block>-<leaf>` where it is sealed. */
export const eventReference = z.union([eventId, z.string().regex(/^(0|[1-9]\d{0,14})-(0|[1-9]\d{0,9})$/)]);

export const count = z.number().int().nonnegative();

export const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** Where the next page begins. Opaque. */
export const cursor = cardData('not-kept', z.string().min(1).max(8192));

/** The same in an address, which has less room and fewer characters. */
export const queryCursor = cardData('not-kept', z.string().regex(/^[A-Za-z0-9._~=-]{1,4096}$/));

export const sha256Base64 = base64.length(44);

/** Asks for the organisation's restored sets beside what is online. */
export const includeRestored = z.boolean().optional().meta({
  description: 'Also what is restored from the archive: its events say `restored`, and none is there twice',
});

/** The same in an address. */
export const includeRestoredQuery = z.enum(['true', 'false']).optional().meta({
  description: 'Also what is restored from the archive',
});
