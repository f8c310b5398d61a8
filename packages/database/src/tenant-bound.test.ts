import { expect, it } from 'vitest';
import * as exported from './index.ts';
import { openDatabase, tenantId } from './index.ts';

/**
 * Every call that crosses tenants, with the reason. What is not named here belongs on the tenant's handle, where row-level
 * security holds it.
 */
const crossing: Readonly<Record<string, string>> = {
  migrate: 'the schema is everybody’s',
  ping: 'asks for no row',
  createTenant: 'there is no tenant before it',
  getTenant: 'the tenant’s own row, by its id',
  listTenants: 'names and states, for the worker’s duties',
  setTenantStatus: 'the life of a tenant is the platform’s',
  setTenantQuotas: 'quotas are the platform’s',
  tenantOverviews: 'figures for the console, no content',
  tenantBacklogs: 'figures for the console, no content',
  listOperatorAccess: 'what tenants have granted to one operator',
  listTenantStorage: 'bytes and quotas, for the storage watch',
  noteStorageTold: 'by the tenant’s id, what the watch told it',
  dutyRuns: 'names, periods and times of what is due, for the workers',
  reportRuns: 'names of runs that wait, for the workers',
  restores: 'names of restored sets that wait or are over, for the workers',
  duties: 'the installation’s own, which no tenant has',
  loadSenders: 'intake knows a sender before its tenant',
  noteKeyUses: 'by the key’s id, when and from where',
  findUnfinishedSegments: 'references for the reconciler',
  findOnlineRaises: 'references for what has documents stay online for longer',
  findTenantsWithHostTimes: 'ids of tenants, for the watch over clocks',
  findOutdatedSegments: 'references for what makes documents of an older derivation again',
  findUndecided: 'ids and counts of entries that wait, for the decider',
  findLateSegments: 'counts and times of what waits, for the watch over the pipeline',
  findLateNodes: 'counts for the reconciler',
  hasSegments: 'whether anything was ever taken in, before a clock is stepped',
  findOpenBlocks: 'sums and times for the sealer, no content',
  findOpenTombstones: 'ids of tenants, for the job that carries out tombstones',
  findToExtend: 'ids of tenants, for the job that extends dates in the archive',
  listCopiedLogs: 'sizes and times of logs, for the copy of the archive',
  onlineDaysInUse: 'numbers of days, for the bound of the installation',
  findUndestroyed: 'references for the sealer',
  listSenderClaims: 'a sender belongs to one tenant, so all claims are held against each other',
  confirmSenderClaim: 'whose a sender is, the platform confirms',
  findApiKey: 'a key comes before its tenant',
  findUserByEmail: 'an address comes before its tenant',
  findUserById: 'a person comes before their tenant',
  findInvitation: 'a token comes before its tenant',
  findRecovery: 'a token comes before its tenant',
  listProviders: 'the buttons of a sign-in page come before its tenant',
  findProviderTenant: 'a provider comes before its tenant',
  mailDomains: 'an organisation asks, the platform confirms',
  sessions: 'a token comes before its tenant',
  signInFailures: 'what was typed comes before its tenant',
  logReviews: 'days of reviews that are unfinished, for the worker’s duties',
  claimCheckpoints: 'ids of checkpoints that are due to leave, for the worker',
  watching: 'figures and times of streams, for the watches of the worker',
  incidents: 'places of unfinished incidents and ids of due messages, for the worker’s duties',
};

it('gives no way to the rows but through a tenant or the named calls', async () => {
  const database = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none' });
  expect(Object.keys(database).toSorted()).toEqual(['close', 'forTenant', 'platform']);
  const unknown = Object.keys(database.platform).filter((name) => !(name in crossing));
  expect(unknown, 'a call that crosses tenants needs a reason').toEqual([]);
  await database.close();
});

it('exports no pool and no client', () => {
  const names = Object.keys(exported).filter((name) => /pool|client|prisma|runner|sql/i.test(name));
  expect(names).toEqual([]);
});

it('makes a tenant’s handle for a checked id alone', () => {
  for (const id of ['', '*', "' OR true --", '11111111-1111-4111-8111-11111111111G'])
    expect(() => tenantId(id), id).toThrow(RangeError);
});
