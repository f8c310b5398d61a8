import { randomUUID } from 'node:crypto';
import type { ChannelHours, Severity } from '@akashi/policy';
import { Prisma } from '../../generated/client.ts';
import type { RunPrisma } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';

/** `contacts`: the organisation's contacts for security, else all contacts, else whoever administers it. */
export const channelKinds = ['contacts', 'mail', 'webhook', 'slack', 'teams'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** The channel that is told when nobody has acknowledged an incident so many minutes after it began. */
export interface ChannelEscalation {
  readonly channelId: string;
  readonly afterMinutes: number;
}

/** Of what, and when, a channel is told. */
export interface ChannelSettings {
  /** Kinds of incidents; none means all. */
  readonly kinds: readonly string[];
  readonly minimalSeverity: Severity;
  /** When it is told at once; null: always. */
  readonly hours: ChannelHours | null;
  /** When it is told of what was held, in minutes after midnight; null: as soon as the hours begin. */
  readonly digestMinute: number | null;
  /** The area of the daily review that it is told of; null: of everything. */
  readonly areaId: string | null;
  readonly escalation: ChannelEscalation | null;
}

export interface NotificationChannel extends ChannelSettings {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  /** A mail address or a URL; of Slack and Teams the origin of their URL; empty for the contacts. */
  readonly target: string;
  /** Of a webhook what signs, of Slack and Teams their URL, sealed for this row. */
  readonly sealedSecret: Buffer | null;
  readonly enabled: boolean;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastSentAt: Date | null;
  readonly lastFailedAt: Date | null;
  /** The code of the newest failure. */
  readonly lastError: string | null;
}

export interface NewChannel extends ChannelSettings {
  readonly kind: Exclude<ChannelKind, 'contacts'>;
  readonly name: string;
  readonly target: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Seals the secret for the row of this id; null where there is none. */
  readonly seal: (id: string) => Buffer | null;
}

export type ChannelChange = { readonly id: string } & {
  readonly [Field in 'name' | 'enabled' | keyof ChannelSettings]?: NotificationChannel[Field] | undefined;
};

export interface NotificationChannels {
  /** Oldest first; the contacts are among them. */
  list(): Promise<NotificationChannel[]>;
  find(id: string): Promise<NotificationChannel | null>;
  create(channel: NewChannel, beforeCommit: BeforeCommit): Promise<NotificationChannel>;
  /**
   * False when it is not there. What waits for a channel that is switched off is dropped; what its hours held is judged by the
   * new ones.
   */
  change(change: ChannelChange, at: Date, beforeCommit: BeforeCommit): Promise<boolean>;
  /** False when it is not there, or is that of the contacts. */
  remove(id: string, at: Date, beforeCommit: BeforeCommit): Promise<boolean>;
  /** How the newest message went. */
  note(id: string, outcome: { readonly at: Date; readonly error: string | null }): Promise<void>;
}

const shown = {
  id: true,
  kind: true,
  name: true,
  target: true,
  sealedSecret: true,
  kinds: true,
  minimalSeverity: true,
  hours: true,
  digestMinute: true,
  areaId: true,
  escalatesTo: true,
  escalatesAfterMinutes: true,
  enabled: true,
  createdBy: true,
  createdAt: true,
  lastSentAt: true,
  lastFailedAt: true,
  lastError: true,
} as const;

type Row = Prisma.NotificationChannelGetPayload<{ select: typeof shown }>;

function channelOf(row: Row): NotificationChannel {
  const { kind, sealedSecret, minimalSeverity, hours, escalatesTo, escalatesAfterMinutes, ...rest } = row;
  const known = channelKinds.find((each) => each === kind);
  if (known === undefined) throw new TypeError('a channel of an unknown kind');
  return {
    ...rest,
    kind: known,
    sealedSecret: sealedSecret === null ? null : Buffer.from(sealedSecret),
    minimalSeverity: minimalSeverity as Severity,
    hours: hours as ChannelHours | null,
    escalation:
      escalatesTo === null || escalatesAfterMinutes === null
        ? null
        : { channelId: escalatesTo, afterMinutes: escalatesAfterMinutes },
  };
}

/** The columns of what a change names, and of nothing else. */
function columnsOf({
  name,
  enabled,
  kinds,
  minimalSeverity,
  hours,
  digestMinute,
  areaId,
  escalation,
}: Omit<ChannelChange, 'id'>) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(kinds === undefined ? {} : { kinds: [...kinds] }),
    ...(minimalSeverity === undefined ? {} : { minimalSeverity }),
    ...(hours === undefined ? {} : { hours: hours === null ? Prisma.DbNull : { ...hours, days: [...hours.days] } }),
    ...(digestMinute === undefined ? {} : { digestMinute }),
    ...(areaId === undefined ? {} : { areaId }),
    ...(escalation === undefined
      ? {}
      : {
          escalatesTo: escalation?.channelId ?? null,
          escalatesAfterMinutes: escalation?.afterMinutes ?? null,
        }),
  };
}

export function notificationChannels(run: RunPrisma, tenantId: string): NotificationChannels {
  const there = { tenantId, removedAt: null };
  return {
    list: () =>
      run(async (client) => {
        const order = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];
        const rows = await client.notificationChannel.findMany({ where: there, orderBy: order, select: shown });
        return rows.map(channelOf);
      }),
    find: (id) =>
      run(async (client) => {
        const row = await client.notificationChannel.findFirst({ where: { ...there, id }, select: shown });
        return row === null ? null : channelOf(row);
      }),
    create: ({ seal, kind, name, target, createdBy, createdAt, ...settings }, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        const sealed = seal(id);
        const sealedSecret = sealed === null ? null : new Uint8Array(sealed);
        const own = { id, tenantId, kind, name, target, createdBy, createdAt, sealedSecret };
        const data = { ...own, ...columnsOf(settings) };
        const row = await client.notificationChannel.create({ data, select: shown });
        await beforeCommit();
        return channelOf(row);
      }),
    change: ({ id, ...change }, at, beforeCommit) =>
      run(async (client) => {
        const data = columnsOf(change);
        const { count } = await client.notificationChannel.updateMany({ where: { ...there, id }, data });
        if (count === 0) return false;
        const waiting = { tenantId, channelId: id, outcome: null };
        if (change.enabled === false) {
          await client.notification.updateMany({ where: waiting, data: { outcome: 'dropped', finishedAt: at } });
        } else if (change.hours !== undefined || change.digestMinute !== undefined) {
          const held = { ...waiting, heldUntil: { gt: at } };
          await client.notification.updateMany({ where: held, data: { heldUntil: null, dueAt: at } });
        }
        await beforeCommit();
        return true;
      }),
    remove: (id, at, beforeCommit) =>
      run(async (client) => {
        const where = { ...there, id, kind: { not: 'contacts' } };
        const { count } = await client.notificationChannel.updateMany({
          where,
          data: { removedAt: at, enabled: false },
        });
        if (count === 0) return false;
        const waiting = { tenantId, channelId: id, outcome: null };
        await client.notification.updateMany({ where: waiting, data: { outcome: 'dropped', finishedAt: at } });
        await beforeCommit();
        return true;
      }),
    note: (id, { at, error }) =>
      run(async (client) => {
        const data = error === null ? { lastSentAt: at, lastError: null } : { lastFailedAt: at, lastError: error };
        await client.notificationChannel.updateMany({ where: { tenantId, id }, data });
      }),
  };
}
