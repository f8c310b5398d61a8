import type { Prisma } from './generated/client.ts';

/** The moment of the transaction by the installation's clock, for statements that Prisma writes. */
export async function momentOf(client: Prisma.TransactionClient): Promise<Date> {
  const [row] = await client.$queryRaw<{ now: Date }[]>`SELECT akashi_now() AS now`;
  if (row === undefined) throw new Error('PostgreSQL did not say what time it is');
  return row.now;
}
