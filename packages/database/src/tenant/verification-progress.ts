import type { RunPrisma } from '../scoped-transaction.ts';

/** Archive and ledger are walked block by block, the index segment by segment. */
export const verificationParts = ['archive', 'index'] as const;

export type VerificationPart = (typeof verificationParts)[number];

/** How far the verification of one part has come. */
export interface VerificationProgress {
  /** Every block below this number was looked at once. */
  checkedBlocks: number;
  /** When the pass began that is going over everything again; null between two passes. */
  passStartedAt: Date | null;
  /** Where the pass goes on: a block's number in the archive, the last segment that was read back in the index. */
  passCursor: string | null;
  /** Blocks (archive) or records (index) of this pass that were looked at, and how many there were at its beginning. */
  passDone: number;
  passTotal: number;
  /** The newest pass that reached its end. */
  wholePassStartedAt: Date | null;
  wholePassFinishedAt: Date | null;
  /** When the pass, or the next one, is to have reached its end; null before the first run. */
  passDueAt: Date | null;
  updatedAt: Date;
}

export interface VerificationProgresses {
  /** Nothing was looked at yet when it is null. */
  get(part: VerificationPart): Promise<VerificationProgress | null>;
  put(part: VerificationPart, progress: VerificationProgress): Promise<void>;
}

export function verificationProgress(run: RunPrisma, tenantId: string): VerificationProgresses {
  return {
    get: (part) =>
      run(async (client) => {
        const row = await client.verificationProgress.findUnique({ where: { tenantId_part: { tenantId, part } } });
        if (row === null) return null;
        const { tenantId: _tenant, part: _part, checkedBlocks, passDone, passTotal, ...rest } = row;
        return {
          ...rest,
          checkedBlocks: Number(checkedBlocks),
          passDone: Number(passDone),
          passTotal: Number(passTotal),
        };
      }),
    put: (part, progress) =>
      run(async (client) => {
        await client.verificationProgress.upsert({
          where: { tenantId_part: { tenantId, part } },
          create: { tenantId, part, ...progress },
          update: progress,
        });
      }),
  };
}
