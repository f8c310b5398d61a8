import { randomBytes, randomUUID, randomUUIDv7 } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openArchive, type Archive } from '@akashi/archive';
import { learnFrom, machineOf } from '@akashi/attribution';
import type { Database, NewFact, NewTimeFact } from '@akashi/database';
import {
  appendToLog,
  createSegmentBuilder,
  emptyLogEdge,
  encodeBlock,
  joinSegments,
  logOrigin,
  readBlockRecords,
  sha256,
  signCheckpoint,
  type LogEdge,
} from '@akashi/integrity';
import { openKeyring, type Keyring } from '@akashi/keyring';
import {
  catalogueVersion,
  createNormalizer,
  decodeBatchOrigin,
  documentGeneration,
  encodeBatchOrigin,
  encodeBulkLines,
  eventIdOf,
} from '@akashi/log-event';
import { defaultRetention, keepUntilUs, timeFactOf } from '@akashi/policy';
import type { TenantSearch } from '@akashi/search';
import { createClock, createLogger, type HttpApp } from '@akashi/server-kit';
import { createTestDatabase, createTestSearch, createTestTenant, type TestTenant } from '@akashi/testkit';
import { startTestIntake, type TestIntake } from './audit-trail/test-intake.fixtures.ts';
import { startApi } from './start-api.ts';
import { createPerson, type NewPerson, type TestPerson } from './test-people.fixtures.ts';

/** Where the tests' browsers would be. */
export const testWebUrl = 'http://localhost:3000';

export interface SealedLines {
  block: number;
  segmentId: string;
  /** In the order of the lines. */
  eventIds: string[];
  objectKey: string;
}

/** Seals the lines as the tenant's next block, as the worker would, and makes them searchable. */
export type SealLines = (
  logGroup: string,
  lines: readonly (string | Buffer)[],
  received?: Date,
) => Promise<SealedLines>;

const testDerivation = {
  id: 'test',
  catalogueVersion,
  settings: { timeZone: 'Asia/Tokyo' },
};

interface SealingTenant {
  readonly tenant: { readonly id: string };
  readonly database: TestTenant['database'];
}

export interface ApiTenant extends TestTenant {
  /** A viewer. */
  email: string;
  password: string;
  person: TestPerson;
  addPerson(person?: NewPerson): Promise<TestPerson>;
  seal: SealLines;
}

export interface TestApi {
  api: HttpApp;
  archive: Archive;
  keyring: Keyring;
  database: Database;
  /** What the audit trail is sent to. */
  intake: TestIntake;
  /** Past row-level security, to look and to move clocks from outside. */
  databaseUrl: string;
  /** What another process of the API beside this one is started with: the same stores, keys and intake. */
  environment: Readonly<Record<string, string>>;
  createTenant(): Promise<ApiTenant>;
  /** Where an organisation's evidence lies. */
  archiveFolder(tenantId: string): string;
  /** An organisation's documents, past every scope. */
  documentsOf(tenantId: string): TenantSearch;
  /** For an organisation that was made otherwise, such as the platform. */
  sealerOf(tenant: SealingTenant): Promise<SealLines>;
  /** What no part of the product can do: another content under a key that is written already. */
  overwriteArchive(tenantId: string, key: string, bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** The API as it runs, on a database, a search server, an archive and keys of its own. */
export async function startTestApi(servers: {
  databaseUrl: string;
  searchUrl: string;
  smtpUrl?: string;
  /** By how much its clock is moved; not at all when left out. */
  clockOffsetSeconds?: number;
  /** Loopback, where the tests' providers are, when left out. */
  providerNetworks?: readonly string[];
}): Promise<TestApi> {
  const clock = createClock(servers.clockOffsetSeconds);
  const folder = await mkdtemp(join(tmpdir(), 'akashi-api-'));
  const database = await createTestDatabase(servers.databaseUrl);
  const search = await createTestSearch(servers.searchUrl);
  const archiveUrl = pathToFileURL(join(folder, 'archive')).href;
  const keysFolder = join(folder, 'keys');
  const archive = openArchive(archiveUrl, { clock });
  const keyring = openKeyring({ dir: keysFolder });
  const intake = await startTestIntake();
  const api = await startApi({
    env: {
      logLevel: 'silent',
      clock,
      http: { bind: '127.0.0.1', port: 0 },
      database: { url: database.url },
      search: { url: servers.searchUrl, largeTenants: [] },
      archive: { url: archiveUrl },
      keysFolder,
      senderPrefixes: { ipv4: 16, ipv6: 48 },
      ingest: { url: intake.url },
      worker: { url: intake.url },
      intake: {
        host: 'logs.example',
        syslogPort: 514,
        syslogTlsPort: 6514,
        ingestHttpsUrl: 'https://logs.example:3004',
      },
      secureCookies: false,
      webUrl: testWebUrl,
      mail: { smtpUrl: servers.smtpUrl, from: 'Akashi <akashi@example.jp>' },
      trustedProxies: ['127.0.0.1'],
      providerNetworks: servers.providerNetworks ?? ['127.0.0.0/8'],
      webhookNetworks: ['127.0.0.0/8'],
      timeStampUrl: undefined,
    },
    logger: createLogger({ name: 'api', level: 'silent' }),
  });
  const sealerOf = async (tenant: SealingTenant): Promise<SealLines> => {
    const stream = search.streamOf(tenant.tenant.id);
    let edge: LogEdge = emptyLogEdge;
    return async (logGroup, lines, received = new Date()) => {
      const documentIdPrefix = (segmentId: string): string => stream.documentIdPrefix(segmentId);
      const sealed = sealLines({ tenant, keyring, edge, logGroup, lines, received, documentIdPrefix });
      edge = sealed.edge;
      const store = archive.forTenant(tenant.tenant.id);
      for (const { key, bytes } of sealed.objects) await store.putOnce(key, bytes);
      await store.replaceCheckpoint(Buffer.from(sealed.checkpoint));
      await tenant.database.log.withSealLock(async (log) => {
        await log.insertBlock(sealed.block);
        const { firstReceivedUs, lastReceivedUs } = sealed.block;
        const content = {
          segments: [{ segmentId: sealed.segmentId, records: lines.length }],
          logGroups: [{ logGroup, records: lines.length, firstReceivedUs, lastReceivedUs }],
        };
        await log.noteContent({ ...sealed.block, retentionPolicy: 'default' }, content);
        await log.advance({ size: edge.size, root: sealed.root, checkpoint: sealed.checkpoint });
      });
      await stream.bulkCreate(sealed.bulk);
      await stream.refresh();
      const { derivation, onlineDays } = await tenant.database.derivations.begin(sealed.segmentId, testDerivation);
      await tenant.database.segments.finishIndexed({
        segmentId: sealed.segmentId,
        generation: documentGeneration,
        onlineDays,
        streams: [
          {
            logGroup,
            logStream: 'host-a',
            sourceId: 'source-a',
            kind: 'http',
            records: lines.length,
            unparsed: 0,
            masked: 0,
            firstEventUs: sealed.nowUs,
            lastEventUs: sealed.nowUs,
            lastReceivedUs: sealed.nowUs,
            lagMs: 1,
            lost: 0,
            rules: [],
          },
        ],
        quarantined: [],
        learned: sealed.learned,
        timeFacts: sealed.timeFacts,
        documents: { derivationId: derivation.id, sha256: Buffer.alloc(32), marks: Buffer.alloc(4 * lines.length) },
      });
      const { segmentId } = sealed;
      const eventIds = lines.map((_, position) => eventIdOf({ segmentId, position }));
      return { block: sealed.block.number, segmentId, eventIds, objectKey: sealed.block.objectKey };
    };
  };
  return {
    api,
    archive,
    keyring,
    database: database.database,
    intake,
    databaseUrl: database.url,
    environment: {
      AKASHI_HOME: folder,
      DATABASE_URL: database.url,
      OPENSEARCH_URL: servers.searchUrl,
      ARCHIVE_URL: archiveUrl,
      INGEST_URL: intake.url,
      WORKER_URL: intake.url,
      AKASHI_WEB_URL: testWebUrl,
      LOG_LEVEL: 'silent',
      ...(servers.smtpUrl === undefined ? {} : { SMTP_URL: servers.smtpUrl }),
    },
    documentsOf: (tenantId) => search.streamOf(tenantId),
    archiveFolder: (tenantId) => join(folder, 'archive', tenantId),
    overwriteArchive: async (tenantId, key, bytes) => {
      const path = join(folder, 'archive', tenantId, key);
      await chmod(path, 0o600);
      await writeFile(path, bytes);
    },
    sealerOf,
    createTenant: async () => {
      const tenant = await createTestTenant({ database: database.database, keyring });
      const addPerson = (person?: NewPerson): Promise<TestPerson> =>
        createPerson({ apiUrl: api.url, database: tenant.database, keyring }, person);
      const person = await addPerson({ email: `${tenant.tenant.slug}@example.jp` });
      const seal = await sealerOf(tenant);
      return { ...tenant, email: person.email, password: person.password, person, addPerson, seal };
    },
    close: async () => {
      await api.close();
      await intake.close();
      await search.remove();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface SealInput {
  tenant: SealingTenant;
  keyring: Keyring;
  edge: LogEdge;
  logGroup: string;
  lines: readonly (string | Buffer)[];
  received: Date;
  documentIdPrefix: (segmentId: string) => string;
}

/** As the intake of that moment would have called it. */
function segmentIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}${randomUUIDv7().slice(13)}`;
}

function sealLines({ tenant, keyring, edge, logGroup, lines, received, documentIdPrefix }: SealInput) {
  const segmentId = segmentIdAt(received.getTime());
  const tenantId = tenant.tenant.id;
  const nowUs = received.getTime() * 1000;
  const keys = keyring.forTenant(tenantId);
  const originJson = encodeBatchOrigin({
    batchId: randomUUID(),
    logGroup,
    logStream: 'host-a',
    source: { id: 'source-a', kind: 'http', address: '192.0.2.7' },
  });
  const builder = createSegmentBuilder();
  const originIndex = builder.addOrigin(originJson);
  for (const [sequence, line] of lines.entries()) {
    const record = Buffer.from(line);
    builder.addRecord({
      originIndex,
      flags: 0,
      receivedAtUs: nowUs + sequence,
      sequence,
      notes: Buffer.alloc(0),
      record,
    });
  }
  const built = builder.finish();
  const content = joinSegments([{ segmentId, ...built }]);
  const number = edge.size;
  const {
    body,
    headerBytes,
    object,
    key: objectKey,
  } = encodeBlock({
    ...content,
    tenantId,
    block: number,
    policy: 'default',
    keepUntilUs: keepUntilUs(defaultRetention, nowUs + lines.length - 1) ?? 'never',
    createdUs: nowUs,
    dataKey: keys.dataKey(),
    nonce: randomBytes(12),
    maskingVersion: 'test-1',
  });
  const grown = appendToLog(edge, [headerBytes]);
  const head = { origin: logOrigin(tenantId), size: grown.edge.size, root: grown.root };
  const checkpoint = signCheckpoint(head, keys.signingKey());
  const learned: NewFact[] = [];
  const timeFacts: NewTimeFact[] = [];
  const origins = [decodeBatchOrigin(originJson)];
  const records = [...readBlockRecords(built.payload)];
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const bulk = [
    ...encodeBulkLines({
      tenantId,
      segmentId,
      documentIdPrefix: documentIdPrefix(segmentId),
      origins,
      records,
      joins: normalizer.join({ origins, records }).byLeaf,
      normalizer,
      onEvent: ({ timestampUs, logStream, fields, labels }, { leaf, receivedAtUs }) => {
        const place = {
          eventId: '',
          timeMs: Math.floor(timestampUs / 1000),
          logGroup,
          logStream,
          sourceId: 'source-a',
        };
        const host = typeof fields['host.name'] === 'string' ? fields['host.name'] : logStream;
        const machine = machineOf({ host, stream: logStream });
        const { eventId: _, ...where } = { ...place, position: leaf, machine };
        const time = timeFactOf({ field: (name) => fields[name], label: (name) => labels[name] });
        if (time !== undefined)
          timeFacts.push({ ...time, ...where, host, receivedMs: Math.floor(receivedAtUs / 1000) });
        const fact = learnFrom({ ...place, fields });
        if (fact !== undefined) learned.push({ ...fact, position: leaf, machine });
      },
    }),
  ];
  return {
    nowUs,
    segmentId,
    learned,
    timeFacts,
    edge: grown.edge,
    root: grown.root,
    checkpoint,
    objects: [
      { key: objectKey, bytes: object },
      ...grown.objects.map(({ path, bytes }) => ({ key: `log/${path}`, bytes })),
    ],
    block: {
      number,
      segmentId: null,
      objectKey,
      header: headerBytes.toString('utf8'),
      records: lines.length,
      bodyBytes: body.length,
      root: content.root,
      bodySha256: sha256(body),
      firstReceivedUs: nowUs,
      lastReceivedUs: nowUs + lines.length - 1,
      createdAt: new Date(nowUs / 1000),
    },
    bulk,
  };
}
