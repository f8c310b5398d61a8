import { randomUUID } from 'node:crypto';
import { Prisma } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { BeforeCommit } from './access-keys.ts';

export interface OwnFormatVersion {
  readonly name: string;
  /** From 1; each save makes another. */
  readonly version: number;
  /** As it was checked when it was saved. */
  readonly definition: unknown;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface OwnFormatActivation {
  readonly name: string;
  readonly version: number;
  readonly logGroups: readonly string[];
  readonly activatedBy: string;
  readonly activatedAt: Date;
}

/** A version that reads lines now. */
export interface LiveOwnFormat extends OwnFormatActivation {
  readonly definition: unknown;
}

/** A format that the product ended by itself. */
export interface SwitchedOffFormat {
  readonly name: string;
  readonly version: number;
  readonly at: Date;
  /** A code. */
  readonly reason: string;
}

interface Act {
  readonly by: string;
  readonly at: Date;
}

/** Definitions are the caller's to check: whatever is saved here reads lines once it is activated. */
export interface OwnFormats {
  /** Every version, by name, the newest first. */
  versions(name?: string): Promise<OwnFormatVersion[]>;
  /** Those that read lines now, the longest first: the order in which they are tried. */
  live(): Promise<LiveOwnFormat[]>;
  /** Answers the number of the new version. */
  save(
    format: Act & { readonly name: string; readonly definition: object },
    beforeCommit: BeforeCommit,
  ): Promise<number>;
  /** Ends the version that reads now, if one does. False when there is no such version. */
  activate(
    wanted: Act & { readonly name: string; readonly version: number; readonly logGroups: readonly string[] },
    beforeCommit: BeforeCommit,
  ): Promise<boolean>;
  /** False when no version of it reads lines. `reason` is a code, where nobody but the product ends it. */
  deactivate(
    wanted: Act & { readonly name: string; readonly reason?: string },
    beforeCommit: BeforeCommit,
  ): Promise<boolean>;
  /** The newest end of each format that reads no lines now and that the product ended by itself. */
  switchedOff(): Promise<SwitchedOffFormat[]>;
}

const shown = { name: true, version: true, definition: true, createdBy: true, createdAt: true } as const;

export function ownFormats(run: RunPrisma, tenantId: string): OwnFormats {
  return {
    versions: (name) =>
      run((client) =>
        client.ownFormatVersion.findMany({
          where: { tenantId, ...(name === undefined ? {} : { name }) },
          select: shown,
          orderBy: [{ name: 'asc' }, { version: 'desc' }],
        }),
      ),
    live: () =>
      run(async (client) => {
        const rows = await client.ownFormatActivation.findMany({
          where: { tenantId, endedAt: null },
          select: {
            name: true,
            version: true,
            logGroups: true,
            activatedBy: true,
            activatedAt: true,
            format: { select: { definition: true } },
          },
          orderBy: [{ activatedAt: 'asc' }, { name: 'asc' }],
        });
        return rows.map(({ format, ...row }) => ({ ...row, definition: format.definition }));
      }),
    save: ({ name, definition, by, at }, beforeCommit) =>
      run(async (client) => {
        const newest = await client.ownFormatVersion.aggregate({ where: { tenantId, name }, _max: { version: true } });
        const version = (newest._max.version ?? 0) + 1;
        await client.ownFormatVersion.create({
          data: {
            tenantId,
            name,
            version,
            definition: definition as Prisma.InputJsonObject,
            createdBy: by,
            createdAt: at,
          },
          select: { version: true },
        });
        await beforeCommit();
        return version;
      }),
    activate: ({ name, version, logGroups, by, at }, beforeCommit) =>
      run(async (client) => {
        const found = await client.ownFormatVersion.count({ where: { tenantId, name, version } });
        if (found === 0) return false;
        await client.ownFormatActivation.updateMany({
          where: { tenantId, name, endedAt: null },
          data: { endedAt: at, endedBy: by },
        });
        const data = {
          id: randomUUID(),
          tenantId,
          name,
          version,
          logGroups: [...logGroups],
          activatedBy: by,
          activatedAt: at,
        };
        await client.ownFormatActivation.create({ data, select: { id: true } });
        await beforeCommit();
        return true;
      }),
    deactivate: ({ name, by, at, reason = null }, beforeCommit) =>
      run(async (client) => {
        const { count } = await client.ownFormatActivation.updateMany({
          where: { tenantId, name, endedAt: null },
          data: { endedAt: at, endedBy: by, endedReason: reason },
        });
        if (count > 0) await beforeCommit();
        return count > 0;
      }),
    switchedOff: () =>
      run(async (client) => {
        const newest = await client.ownFormatActivation.findMany({
          where: { tenantId },
          distinct: ['name'],
          orderBy: [{ name: 'asc' }, { activatedAt: 'desc' }, { id: 'desc' }],
          select: { name: true, version: true, endedAt: true, endedReason: true },
        });
        return newest.flatMap(({ name, version, endedAt: at, endedReason: reason }) =>
          at === null || reason === null ? [] : [{ name, version, at, reason }],
        );
      }),
  };
}
