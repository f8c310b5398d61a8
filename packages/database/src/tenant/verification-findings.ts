import { randomUUID } from 'node:crypto';
import type { Prisma } from '../generated/client.ts';
import type { RunPrisma } from '../scoped-transaction.ts';
import type { VerificationPart } from './verification-progress.ts';
import type { VerificationFinding } from './verifications.ts';

/** A finding that no later check of its place has cleared. */
/** The second archive is proven as a whole, and has no pass whose place is kept. */
export type FindingPart = VerificationPart | 'copy';

export interface OpenFinding extends VerificationFinding {
  id: string;
  part: FindingPart;
  foundAt: Date;
  /** When a check met it last. */
  seenAt: Date;
}

export interface CheckedFindings {
  part: FindingPart;
  /** What the check found. */
  found: readonly VerificationFinding[];
  /** Whether the check looked at the place of an open finding; it is cleared when it was not found there again. */
  covers: (finding: OpenFinding) => boolean;
  at: Date;
}

export interface VerificationFindings {
  /** Oldest first. */
  listOpen(): Promise<OpenFinding[]>;
  /** Takes in what one check found: new findings open, known ones were seen again, those that are gone are cleared. */
  settle(checked: CheckedFindings): Promise<void>;
}

/** More open findings than this say nothing new. */
const mostOpen = 1_000;

const keyOf = ({ code, where }: VerificationFinding): string => `${code} ${where}`;

export function verificationFindings(run: RunPrisma, tenantId: string): VerificationFindings {
  return {
    listOpen: () => run((client) => listOpen(client, tenantId)),
    settle: ({ part, found, covers, at }) =>
      run(async (client) => {
        const open = (await listOpen(client, tenantId)).filter((finding) => finding.part === part);
        const known = new Map(open.map((finding) => [keyOf(finding), finding]));
        const again = new Set(found.map(keyOf));
        const fresh = new Map(found.filter((each) => !known.has(keyOf(each))).map((each) => [keyOf(each), each]));
        const room = Math.max(0, mostOpen - open.length);
        await client.verificationFinding.createMany({
          data: [...fresh.values()].slice(0, room).map((each) => rowOf(each, { tenantId, part, at })),
        });
        const seen = open.filter((each) => again.has(keyOf(each))).map(({ id }) => id);
        await client.verificationFinding.updateMany({ where: { id: { in: seen } }, data: { seenAt: at } });
        const gone = open.filter((each) => !again.has(keyOf(each)) && covers(each)).map(({ id }) => id);
        await client.verificationFinding.updateMany({ where: { id: { in: gone } }, data: { clearedAt: at } });
      }),
  };
}

async function listOpen(client: Prisma.TransactionClient, tenantId: string): Promise<OpenFinding[]> {
  const rows = await client.verificationFinding.findMany({
    where: { tenantId, clearedAt: null },
    orderBy: [{ foundAt: 'asc' }, { place: 'asc' }, { code: 'asc' }],
    take: mostOpen,
  });
  return rows.map((row) => {
    const fields = Array.isArray(row.fields) ? row.fields.filter((field) => typeof field === 'string') : [];
    return {
      id: row.id,
      part: row.part as FindingPart,
      code: row.code,
      where: row.place,
      ...(row.block === null ? {} : { block: Number(row.block) }),
      ...(row.leaf === null ? {} : { leaf: row.leaf }),
      ...(row.segmentId === null ? {} : { segmentId: row.segmentId }),
      ...(row.position === null ? {} : { position: row.position }),
      ...(fields.length === 0 ? {} : { fields }),
      foundAt: row.foundAt,
      seenAt: row.seenAt,
    };
  });
}

function rowOf(
  finding: VerificationFinding,
  { tenantId, part, at }: { tenantId: string; part: FindingPart; at: Date },
): Prisma.VerificationFindingCreateManyInput {
  return {
    id: randomUUID(),
    tenantId,
    part,
    code: finding.code,
    place: finding.where,
    block: finding.block ?? null,
    leaf: finding.leaf ?? null,
    segmentId: finding.segmentId ?? null,
    position: finding.position ?? null,
    fields: finding.fields ?? [],
    foundAt: at,
    seenAt: at,
  };
}
