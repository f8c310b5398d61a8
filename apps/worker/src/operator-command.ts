import { parseArgs } from 'node:util';
import { tenantId, type Tenant, type TenantId } from '@akashi/database';
import { createLogger, createMetrics, StartupError, tellMovedClock } from '@akashi/server-kit';
import { readWorkerEnv } from './env.ts';
import { openWorker, openWorkerKeyring, type OpenWorker } from './open-worker.ts';

/** Runs an operator's command with the worker's own parts, without taking jobs. Standard output holds its results alone. */
export async function withWorker<T>(name: string, use: (worker: OpenWorker) => Promise<T>): Promise<T> {
  const env = readWorkerEnv();
  tellMovedClock(env.clock, (sentence) => process.stderr.write(`${sentence}\n`));
  const worker = openWorker({
    env,
    logger: createLogger({ name, level: 'error', clock: env.clock }, process.stderr),
    metrics: createMetrics(name),
    keyring: await openWorkerKeyring(env),
  });
  try {
    return await use(worker);
  } finally {
    await worker.close();
  }
}

function isTenant(tenant: Tenant, wanted: string): boolean {
  return tenant.slug === wanted || tenant.id === wanted;
}

interface Options {
  tenant?: string | undefined;
  share?: boolean | undefined;
  purpose?: string | undefined;
  reason?: string | undefined;
  file?: string | undefined;
}

/** Of every operator's command; `share` is verification's, `purpose` and `reason` are those of keys. */
function readOptions(): Options {
  const text = { type: 'string' } as const;
  return parseArgs({ options: { tenant: text, share: { type: 'boolean' }, purpose: text, reason: text, file: text } })
    .values;
}

/** Where the keys are to be exported to. */
export function readExportFile(): string {
  const { file = '' } = readOptions();
  if (file === '') throw new StartupError('Name the file to write with --file, on another disk.');
  return file;
}

const purposes = ['data', 'signing', 'inbox'] as const;

/** Which keys are to change, and why. */
export function readRotation(): { purpose: (typeof purposes)[number]; reason: string } {
  const { purpose: wanted = 'data', reason = '' } = readOptions();
  const purpose = purposes.find((each) => each === wanted);
  if (purpose === undefined) throw new StartupError(`--purpose is one of ${purposes.join(', ')}.`);
  return { purpose, reason: reason.trim() };
}

/** Whether `--share` asks for what a regular run does, instead of everything. */
export function isShareWanted(): boolean {
  return readOptions().share === true;
}

/** The organisations that `--tenant SLUG-OR-ID` names; all of them without it. */
export async function chosenTenants(worker: OpenWorker): Promise<TenantId[]> {
  const tenants = await worker.tenants.list();
  const wanted = readOptions().tenant;
  const chosen = wanted === undefined ? tenants : tenants.filter((tenant) => isTenant(tenant, wanted));
  if (chosen.length === 0) throw new StartupError('No organisation has this slug or id.');
  return chosen.map(({ id }) => tenantId(id));
}
