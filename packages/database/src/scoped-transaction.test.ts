import { expect, it } from 'vitest';
import type { PrismaClient } from './generated/client.ts';
import { platformScope, prismaRunner } from './scoped-transaction.ts';

it('leaves no limit of a transaction to Prisma, whose own give up on a busy machine', async () => {
  const given: unknown[] = [];
  const prisma = {
    $transaction: (_work: unknown, options: unknown) => {
      given.push(options);
      return Promise.resolve();
    },
  } as unknown as PrismaClient;
  await prismaRunner(prisma, platformScope)(() => Promise.resolve());
  expect(given).toEqual([{ maxWait: 30_000, timeout: 60_000 }]);
});
