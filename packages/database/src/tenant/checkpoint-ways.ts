import { randomUUID } from 'node:crypto';
import type { CheckpointCadence } from '@akashi/policy';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export type CheckpointWayKind = 'contacts' | 'webhook' | 'bucket' | 'time-stamp';

export interface CheckpointWay {
  /** The organisation's own id for the contacts. */
  readonly id: string;
  readonly kind: CheckpointWayKind;
  readonly name: string;
  /** A URL; empty for the contacts. */
  readonly target: string;
  /** Of a bucket: region, bucket, prefix, accessKeyId. Of an authority for time stamps: certificate. */
  readonly details: Readonly<Record<string, string>>;
  /** What signs for a webhook or a bucket, sealed for this row. */
  readonly sealedSecret: Buffer | null;
  readonly cadence: CheckpointCadence;
  readonly createdBy: string | null;
  /** Null for the contacts, which were there from the beginning. */
  readonly createdAt: Date | null;
}

export interface NewCheckpointWay extends Pick<CheckpointWay, 'name' | 'target' | 'details' | 'cadence'> {
  readonly kind: Exclude<CheckpointWayKind, 'contacts'>;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Seals the secret for the row of this id; null where there is none. */
  readonly seal: (id: string) => Buffer | null;
}

export interface CheckpointWays {
  /** The contacts first, then oldest first. */
  list(): Promise<CheckpointWay[]>;
  create(way: NewCheckpointWay, beforeCommit: BeforeCommit): Promise<CheckpointWay>;
  /** False when it is not there. */
  change(
    change: { id: string; name?: string | undefined; cadence?: CheckpointCadence | undefined },
    at: Date,
    beforeCommit: BeforeCommit,
  ): Promise<boolean>;
  /** False when it is not there, or is that of the contacts. */
  remove(id: string, at: Date, beforeCommit: BeforeCommit): Promise<boolean>;
}

const shown = {
  id: true,
  kind: true,
  name: true,
  target: true,
  details: true,
  sealedSecret: true,
  cadence: true,
  createdBy: true,
  createdAt: true,
} as const;

interface Row {
  id: string;
  kind: string;
  name: string;
  target: string;
  details: unknown;
  sealedSecret: Uint8Array | null;
  cadence: string;
  createdBy: string | null;
  createdAt: Date;
}

function wayOf({ kind, details, sealedSecret, cadence, ...row }: Row): CheckpointWay {
  return {
    ...row,
    kind: kind as CheckpointWayKind,
    details: details as Record<string, string>,
    sealedSecret: sealedSecret === null ? null : Buffer.from(sealedSecret),
    cadence: cadence as CheckpointCadence,
  };
}

/** Nobody has to set up that the contacts get a checkpoint each day. */
function contactsOf(tenantId: string, row: CheckpointWay | undefined): CheckpointWay {
  const contacts = { id: tenantId, kind: 'contacts', name: 'contacts', target: '', details: {} } as const;
  const cadence = row?.cadence ?? 'daily';
  return { ...contacts, sealedSecret: null, cadence, createdBy: null, createdAt: null };
}

export function checkpointWays(run: RunPrisma, tenantId: string): CheckpointWays {
  const there = { tenantId, removedAt: null };
  return {
    list: () =>
      run(async (client) => {
        const order = [{ createdAt: 'asc' as const }, { id: 'asc' as const }];
        const rows = (await client.checkpointWay.findMany({ where: there, orderBy: order, select: shown })).map(wayOf);
        const others = rows.filter(({ id }) => id !== tenantId);
        return [
          contactsOf(
            tenantId,
            rows.find(({ id }) => id === tenantId),
          ),
          ...others,
        ];
      }),
    create: ({ seal, ...values }, beforeCommit) =>
      run(async (client) => {
        const id = randomUUID();
        const sealed = seal(id);
        const sealedSecret = sealed === null ? null : new Uint8Array(sealed);
        const row = await client.checkpointWay.create({
          data: { ...values, details: { ...values.details }, id, tenantId, sealedSecret },
          select: shown,
        });
        await beforeCommit();
        return wayOf(row);
      }),
    change: ({ id, name, cadence }, at, beforeCommit) =>
      run(async (client) => {
        const isContacts = id === tenantId;
        const data = {
          ...(name === undefined || isContacts ? {} : { name }),
          ...(cadence === undefined ? {} : { cadence }),
        };
        const { count } = await client.checkpointWay.updateMany({ where: { ...there, id }, data });
        if (count === 0 && !isContacts) return false;
        if (count === 0) {
          const contacts = { id, tenantId, kind: 'contacts', name: 'contacts', target: '', createdAt: at };
          await client.checkpointWay.create({ data: { ...contacts, cadence: cadence ?? 'daily' } });
        }
        await beforeCommit();
        return true;
      }),
    remove: (id, at, beforeCommit) =>
      run(async (client) => {
        const where = { ...there, id, kind: { not: 'contacts' } };
        const { count } = await client.checkpointWay.updateMany({ where, data: { removedAt: at } });
        if (count === 0) return false;
        await beforeCommit();
        return true;
      }),
  };
}
