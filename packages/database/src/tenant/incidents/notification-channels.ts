import { randomUUID } from 'node:crypto';
import type { RunPrisma } from '../../scoped-transaction.ts';
import type { BeforeCommit } from '../access-keys.ts';

/** `contacts`: the organisation's contacts for security, else all contacts, else whoever administers it. */
export type ChannelKind = 'contacts' | 'mail' | 'webhook';

export interface NotificationChannel {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  /** A mail address or a URL; empty for the contacts. */
  readonly target: string;
  /** Of a webhook: what signs, sealed for this row. */
  readonly sealedSecret: Buffer | null;
  /** Kinds of incidents; none means all. */
  readonly kinds: readonly string[];
  readonly enabled: boolean;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly lastSentAt: Date | null;
  readonly lastFailedAt: Date | null;
  /** The code of the newest failure. */
  readonly lastError: string | null;
}

export interface NewChannel {
  readonly kind: Exclude<ChannelKind, 'contacts'>;
  readonly name: string;
  readonly target: string;
  readonly kinds: readonly string[];
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Seals the secret for the row of this id; null where there is none. */
  readonly seal: (id: string) => Buffer | null;
}

export interface ChannelChange {
  readonly id: string;
  readonly name?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly enabled?: boolean | undefined;
}

export interface NotificationChannels {
  /** Oldest first; the contacts are among them. */
  list(): Promise<NotificationChannel[]>;
  find(id: string): Promise<NotificationChannel | null>;
  create(channel: NewChannel, beforeCommit: BeforeCommit): Promise<NotificationChannel>;
  /** False when it is not there. What waits for a channel that is switched off is dropped. */
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
  enabled: true,
  createdBy: true,
  createdAt: true,
  lastSentAt: true,
  lastFailedAt: true,
  lastError: true,
} as const;

type Row = Omit<NotificationChannel, 'kind' | 'sealedSecret'> & { kind: string; sealedSecret: Uint8Array | null };

function channelOf({ kind, sealedSecret, ...row }: Row): NotificationChannel {
  const isKnown = kind === 'contacts' || kind === 'mail' || kind === 'webhook';
  if (!isKnown) throw new TypeError('a channel of an unknown kind');
  return { ...row, kind, sealedSecret: sealedSecret === null ? null : Buffer.from(sealedSecret) };
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
    create: ({ seal, kinds, ...values }, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        const sealed = seal(id);
        const sealedSecret = sealed === null ? null : new Uint8Array(sealed);
        const data = { ...values, id, tenantId, kinds: [...kinds], sealedSecret };
        const row = await client.notificationChannel.create({ data, select: shown });
        await beforeCommit();
        return channelOf(row);
      }),
    change: ({ id, name, kinds, enabled }, at, beforeCommit) =>
      run(async (client) => {
        const data = {
          ...(name === undefined ? {} : { name }),
          ...(kinds === undefined ? {} : { kinds: [...kinds] }),
          ...(enabled === undefined ? {} : { enabled }),
        };
        const { count } = await client.notificationChannel.updateMany({ where: { ...there, id }, data });
        if (count === 0) return false;
        if (enabled === false) {
          const waiting = { tenantId, channelId: id, outcome: null };
          await client.notification.updateMany({ where: waiting, data: { outcome: 'dropped', finishedAt: at } });
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
