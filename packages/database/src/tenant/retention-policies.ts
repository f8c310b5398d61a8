import type { RunPrisma } from '../scoped-transaction.ts';

export interface NewRetentionPolicy {
  name: string;
  onlineDays: number;
  /** Null: records never expire. */
  keptDays: number | null;
}

export interface RetentionPolicy extends NewRetentionPolicy {
  createdAt: Date;
}

/** Floors and names are the caller's to check (`refuseRetention`, `isRetentionPolicyName`). */
export interface RetentionPolicies {
  /** By name. */
  list(): Promise<RetentionPolicy[]>;
  get(name: string): Promise<RetentionPolicy | null>;
  /** Answers false when the name is taken. */
  create(policy: NewRetentionPolicy): Promise<boolean>;
  /** Gives a log group its policy, also one that nothing came into yet. Records that came before keep theirs. */
  assign(logGroup: string, policy: string): Promise<void>;
}

export function retentionPolicies(run: RunPrisma, tenantId: string): RetentionPolicies {
  const select = { name: true, onlineDays: true, keptDays: true, createdAt: true } as const;
  return {
    list: () =>
      run((client) => client.retentionPolicy.findMany({ where: { tenantId }, select, orderBy: { name: 'asc' } })),
    get: (name) =>
      run((client) => client.retentionPolicy.findUnique({ where: { tenantId_name: { tenantId, name } }, select })),
    create: (policy) =>
      run(async (client) => {
        const made = await client.retentionPolicy.createMany({ data: [{ ...policy, tenantId }], skipDuplicates: true });
        return made.count === 1;
      }),
    assign: (logGroup, policy) =>
      run(async (client) => {
        const key = { tenantId, name: logGroup };
        await client.logGroup.upsert({
          where: { tenantId_name: key },
          create: { ...key, retentionPolicy: policy },
          update: { retentionPolicy: policy },
        });
      }),
  };
}
