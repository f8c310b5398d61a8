import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, type Database, type TenantId } from '@akashi/database';
import { openKeyring, type Keyring } from '@akashi/keyring';
import type { StoreUrls } from '../local/app-services.ts';
import type { Installation } from '../local/installation.ts';
import { operators, organisations, platformOrganisation, type DemoOrganisation } from './organisations.ts';
import { putAreas } from './put-areas.ts';
import { putGroups } from './put-groups.ts';
import { putKeeping } from './put-keeping.ts';
import { putRules } from './put-rules.ts';
import { putMasters } from './put-masters.ts';
import { putPerson, type DemoUser, type NewDemoPerson } from './put-person.ts';
import type { Story } from './story/make-story.ts';
import { mastersOf, type MasterTable } from './story/masters.ts';

export interface DemoTenant {
  readonly id: string;
  readonly slug: string;
  readonly ingestKey: string;
  readonly apiKey: string;
  readonly verifierKey: string;
  readonly users: readonly DemoUser[];
}

/** The content of `demo.json`: everything that a person or script needs to use the demonstration. */
export interface DemoFile {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly ingestUrl: string;
  readonly ingestHttpsUrl: string;
  readonly syslog: {
    readonly host: string;
    readonly udp: number;
    readonly tcp: number;
    readonly tls: number;
    readonly ca: string;
  };
  readonly archive: string;
  readonly tenants: readonly DemoTenant[];
  /** Lines of the first organisation's past, all taken in before the installation was ready. */
  readonly pastLines: number;
  /** The installation's own people. */
  readonly platform: { readonly id: string; readonly users: readonly DemoUser[] };
}

export interface Demonstration {
  readonly file: DemoFile;
  readonly people: readonly { tenant: string; email: string; password: string; totpSecret: string }[];
}

function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(24).toString('base64url')}`;
}

function readPrevious(path: string): DemoFile | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as DemoFile) : undefined;
}

/** Those who are there already keep their password and their authenticator. */
async function putPeople(
  parts: ProvisionParts,
  tenantId: TenantId,
  people: { wanted: readonly NewDemoPerson[]; known: readonly DemoUser[] },
): Promise<DemoUser[]> {
  const users: DemoUser[] = [];
  for (const person of people.wanted) {
    const known = people.known.find(({ email, totpSecret }) => email === person.email && totpSecret !== undefined);
    users.push(known === undefined ? await putPerson(parts, tenantId, person) : { ...known, groups: person.groups });
  }
  return users;
}

/** The organisation's administrator answers for both: sees every log group, the audit trail included. */
async function putKeys(
  database: Database,
  tenantId: TenantId,
  keys: { ingestKey: string; apiKey: string },
): Promise<void> {
  const { accessKeys, users } = database.forTenant(tenantId);
  const responsibleId = (await users.list()).find(({ role }) => role === 'tenant-admin')?.id ?? null;
  const sha256 = (key: string): Buffer => createHash('sha256').update(key).digest();
  const values = { name: 'demonstration', responsibleId };
  await accessKeys.put({ ...values, kind: 'ingest', sha256: sha256(keys.ingestKey), logGroups: ['*'] });
  await accessKeys.put({
    ...values,
    kind: 'api',
    sha256: sha256(keys.apiKey),
    logGroups: ['*', 'akashi/*'],
  });
}

interface ProvisionParts {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly clock: Installation['clock'];
  /** Of the first organisation, where its past is made. */
  readonly masters: readonly MasterTable[] | undefined;
  /** An earlier version's file has no platform. */
  readonly previous: (Omit<DemoFile, 'platform'> & Partial<Pick<DemoFile, 'platform'>>) | undefined;
}

async function provisionOrganisation(parts: ProvisionParts, organisation: DemoOrganisation): Promise<DemoTenant> {
  const { database, keyring } = parts;
  const previous = parts.previous?.tenants.find(({ slug }) => slug === organisation.slug);
  const { slug, nameJa, nameEn, timeZone, language } = organisation;
  const tenant = await database.platform.createTenant({
    id: previous?.id ?? randomUUID(),
    slug,
    nameJa,
    nameEn,
    timeZone,
    language,
  });
  await keyring.createTenantKeys(tenant.id);
  const keys = { ingestKey: previous?.ingestKey ?? newSecret('aki'), apiKey: previous?.apiKey ?? newSecret('aka') };
  if (organisation.takesLoopbackSyslog) {
    await database
      .forTenant(tenant.id)
      .sources.put({ kind: 'syslog', name: 'loopback', addressRange: '127.0.0.0/8', logGroup: 'syslog', timeZone });
  }
  const people = { wanted: organisation.people, known: previous?.users ?? [] };
  const users = await putPeople(parts, tenant.id, people);
  await putGroups(database.forTenant(tenant.id), organisation);
  // Where a past is made, its areas come into being in it.
  if (parts.masters === undefined) await putAreas(database.forTenant(tenant.id), organisation, parts.clock.now());
  await putKeeping(database.forTenant(tenant.id), organisation, parts.clock.now());
  await putRules(database.forTenant(tenant.id), parts.clock.now());
  if (parts.masters !== undefined && organisation.takesLoopbackSyslog) {
    const by = organisation.people[0]?.displayName ?? slug;
    await putMasters(database.forTenant(tenant.id), parts.masters, { by, at: parts.clock.now(), timeZone });
  }
  await putKeys(database, tenant.id, keys);
  return { id: tenant.id, slug, ...keys, verifierKey: keyring.forTenant(tenant.id).verifierKey(), users };
}

/** The home of the people who run the installation: an organisation of its own, with no logs but its audit trail. */
async function provisionPlatform(parts: ProvisionParts): Promise<DemoFile['platform']> {
  const { database, keyring, previous } = parts;
  const tenant = await database.platform.createTenant({
    id: previous?.platform?.id ?? randomUUID(),
    ...platformOrganisation,
  });
  await keyring.createTenantKeys(tenant.id);
  const people = { wanted: operators, known: previous?.platform?.users ?? [] };
  return { id: tenant.id, users: await putPeople(parts, tenant.id, people) };
}

function addressesOf(installation: Installation, caPath: string): Omit<DemoFile, 'tenants' | 'pastLines' | 'platform'> {
  const { ports, archiveUrl, bindAddress } = installation;
  const host = bindAddress === '127.0.0.1' || bindAddress === '0.0.0.0' ? 'localhost' : bindAddress;
  return {
    webUrl: `http://${host}:${ports.web}`,
    apiUrl: `http://${host}:${ports.api}`,
    ingestUrl: `http://${host}:${ports.ingest}`,
    ingestHttpsUrl: `https://${host}:${ports.ingestHttps}`,
    syslog: {
      host: bindAddress === '0.0.0.0' ? '127.0.0.1' : bindAddress,
      udp: ports.syslog,
      tcp: ports.syslog,
      tls: ports.syslogTls,
      ca: caPath,
    },
    archive: archiveUrl.startsWith('file:') ? fileURLToPath(archiveUrl) : archiveUrl,
  };
}

export interface Provisioning {
  readonly installation: Installation;
  readonly stores: StoreUrls;
  /** By which the organisations come into being: that of their past, where one is made for them. */
  readonly clock: Installation['clock'];
  /** Where a past is made: the story that it tells. */
  readonly story?: Story | undefined;
}

/** Whether nobody and nothing is in the installation yet. */
export async function isEmptyInstallation(installation: Installation, { databaseUrl }: StoreUrls): Promise<boolean> {
  if (readPrevious(join(installation.home, 'demo.json')) !== undefined) return false;
  const database = openDatabase({ url: databaseUrl, applicationName: 'akashi-provision', maxConnections: 1 });
  try {
    return (await database.platform.listTenants()).length === 0 && !(await database.platform.hasSegments());
  } finally {
    await database.close();
  }
}

/** Makes the demonstration's organisations, people and keys, or finds them again; writes `demo.json` (0600). */
export async function provisionDemonstration({
  installation,
  stores,
  clock,
  story,
}: Provisioning): Promise<Demonstration> {
  const path = join(installation.home, 'demo.json');
  const previous = readPrevious(path);
  const database = openDatabase({
    url: stores.databaseUrl,
    applicationName: 'akashi-provision',
    maxConnections: 4,
    clockOffsetSeconds: clock.offsetSeconds,
  });
  try {
    const keysFolder = join(installation.home, 'keys');
    const keyring = openKeyring({ dir: keysFolder });
    await keyring.ensureServerCertificate({ hosts: ['localhost', '127.0.0.1', '::1'] });
    const masters = story === undefined ? undefined : mastersOf(story);
    const parts: ProvisionParts = { database, keyring, clock, previous, masters };
    const tenants: DemoTenant[] = [];
    for (const organisation of organisations) tenants.push(await provisionOrganisation(parts, organisation));
    const platform = await provisionPlatform(parts);
    const file: DemoFile = {
      ...addressesOf(installation, join(keysFolder, 'ca.pem')),
      tenants,
      pastLines: story?.lines.length ?? previous?.pastLines ?? 0,
      platform,
    };
    writeFileSync(`${path}.new`, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${path}.new`, path);
    const homes = [...tenants, { slug: platformOrganisation.slug, users: platform.users }];
    const people = homes.flatMap(({ slug, users }) =>
      users.map(({ email, password, totpSecret }) => ({ tenant: slug, email, password, totpSecret })),
    );
    return { file, people };
  } finally {
    await database.close();
  }
}
