import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { DemoTenant } from '../installation/installation.ts';
import { decryptArchive, dumpIndex } from './card-number-scan.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation, Part } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';
import { startLoad } from './load.ts';
import { settleAccounts, ofTenant, sharedStream } from './oracle.ts';

const logGroup = 'drill/F27';
const killed: readonly Part[] = ['worker', 'ingest', 'opensearch', 'postgres', 'worker', 'ingest'];
const readyWithinMs = 300_000;

/** One organisation under load, and what must be found with nobody else: its id and the marker in each of its lines. */
interface Side {
  readonly tenant: DemoTenant;
  readonly ledger: LineLedger;
}

const marksOf = ({ tenant, ledger }: Side): string[] => [tenant.id, ledger.run];

/** Where a mark of the other side was found; the marks themselves are not log content. */
type Finding = string;

function findIn(place: string, text: string, foreign: readonly string[]): Finding[] {
  return foreign.filter((mark) => text.includes(mark)).map((mark) => `${place} holds ${mark}`);
}

/** Records that break parsers, each with its side's marker: what they leave behind must be that side's alone. */
async function sendPoison(installation: DrillInstallation, { tenant, ledger }: Side): Promise<void> {
  const url = `${installation.running.demo.ingestUrl}/v1/log-groups/${encodeURIComponent(logGroup)}/log-streams/poison/records`;
  const { run } = ledger;
  const poison = [
    Buffer.concat([Buffer.from(`poison=${run} `), Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])]),
    Buffer.from(`{"poison":"${run}","a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`),
    Buffer.from(`{"poison":"${run}","timestamp":"99999-99-99","source":{"ip":"999.1.1.1"},"status":"no number"}`),
    Buffer.from(`<999>9 2026-13-45T99:99:99Z - - - [broken "sd] poison=${run}`),
    Buffer.from(`poison=${run} ${'x'.repeat(900_000)}`),
  ];
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${tenant.ingestKey}`,
        'content-type': 'text/plain',
        'idempotency-key': `poison-${run}`,
      },
      body: Buffer.concat(poison.flatMap((line) => [line, Buffer.from('\n')])),
    }).catch(() => undefined);
    if (answer?.status === 201) return;
    await delay(300);
  }
  throw new Error('the poison was not taken');
}

/** Every part dies once and more, in the middle of both loads. */
async function disturb(installation: DrillInstallation, sides: readonly Side[]): Promise<void> {
  for (const part of killed) {
    for (const side of sides) await sendPoison(installation, side);
    installation.kill(part);
    await delay(1_500);
    await installation.waitUntilReady('worker', readyWithinMs);
    await installation.waitUntilReady('ingest', readyWithinMs);
  }
  await installation.waitUntilReady('api', readyWithinMs);
}

/** The archive, opened with the side's own keys by the published format alone, and its index, read from the server itself. */
async function searchStores(
  installation: DrillInstallation,
  side: Side,
  foreign: readonly string[],
): Promise<Finding[]> {
  const work = mkdtempSync(join(tmpdir(), 'akashi-isolation-'));
  try {
    const { home } = installation.running;
    const { archiveFolder, opensearchUrl } = installation;
    const [archive, index] = [join(work, 'archive'), join(work, 'index')];
    for (const folder of [archive, index]) mkdirSync(folder);
    decryptArchive({ home, archiveFolder, tenantId: side.tenant.id }, archive);
    await dumpIndex({ tenantId: side.tenant.id, opensearchUrl }, index);
    const opened = [archive, index].flatMap((folder) => filesIn(folder));
    const kept = filesIn(join(archiveFolder, side.tenant.id)).concat(filesIn(join(home, 'inbox', side.tenant.id)));
    return [...opened, ...kept].flatMap((path) =>
      findIn(path.replace(work, '').replace(home, ''), readFileSync(path, 'latin1'), foreign),
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every row that PostgreSQL keeps under the side's id, quarantine and queue included, read past all policies. */
async function searchRows(installation: DrillInstallation, side: Side, foreign: readonly string[]): Promise<Finding[]> {
  const client = new Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    );
    const findings: Finding[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM ${name} t WHERE row_to_json(t)::text LIKE $1`,
        [`%${side.tenant.id}%`],
      );
      findings.push(...rows.flatMap(({ row }) => findIn(`a row of ${name}`, row, foreign)));
    }
    return findings.concat(await strayReferences(client, side.tenant.id));
  } finally {
    await client.end();
  }
}

/** Rows that point at a segment or block must point at one of their own organisation. */
async function strayReferences(client: Client, tenantId: string): Promise<Finding[]> {
  const { rows } = await client.query<{ place: string }>(
    `SELECT 'block ' || b.number AS place FROM block b WHERE b.tenant_id = $1 AND b.segment_id IS NOT NULL
       AND EXISTS (SELECT FROM landing_segment s WHERE s.segment_id = b.segment_id AND s.tenant_id <> $1)
     UNION ALL
     SELECT 'quarantined record of segment ' || q.segment_id FROM quarantined_record q WHERE q.tenant_id = $1
       AND NOT EXISTS (SELECT FROM landing_segment s WHERE s.tenant_id = $1 AND s.segment_id = q.segment_id)`,
    [tenantId],
  );
  return rows.map(({ place }) => `${place} points at another organisation`);
}

/** What the side gets from the API, asking for everything, and for the ids of the other side's events. */
async function searchAnswers(installation: DrillInstallation, side: Side, other: Side): Promise<Finding[]> {
  const { apiUrl } = installation.running.demo;
  const foreign = marksOf(other);
  const range = { from: '2000-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z', timeField: 'receivedAt' };
  const ask = async (path: string, body?: object): Promise<string> => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${side.tenant.apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.text();
  };
  const findings: Finding[] = [];
  const ids = await idsOf(installation, other);
  const answers: [string, string | Promise<string>][] = [
    ['search', ask('/v1/search', { ...range, query: '', limit: 1_000 })],
    ['audit trail', ask('/v1/search', { ...range, query: '', limit: 1_000, logGroups: ['akashi/audit'] })],
    ['facets', ask('/v1/search/facets', { ...range, query: '', fields: ['log.group', 'log.stream', 'host.name'] })],
    ['fields', ask('/v1/search/fields', { ...range, query: '' })],
    ['log groups', ask('/v1/log-groups')],
    ['sources', ask('/v1/sources')],
    ['checkpoint', ask('/v1/log/checkpoint')],
    ['blocks', ask('/v1/log/blocks?limit=1000')],
    ...ids.flatMap((id): [string, Promise<string>][] => [
      [`event ${id}`, ask(`/v1/events/${id}`)],
      [`context ${id}`, ask(`/v1/events/${id}/context`)],
      [`proof ${id}`, ask(`/v1/events/${id}/proof`)],
    ]),
  ];
  for (const [name, answer] of answers) findings.push(...findIn(`the answer of ${name}`, await answer, foreign));
  // Last: the side's own trail holds this query.
  const asked = await ask('/v1/search', { ...range, query: `"${other.ledger.run}"`, logGroups: [logGroup] });
  const { total } = JSON.parse(asked) as { total?: { value: number } };
  if (total?.value !== 0) findings.push(`a search for the other's lines found ${total?.value ?? asked}`);
  return findings;
}

/** Some of the ids that the other side's events have. */
async function idsOf(installation: DrillInstallation, { tenant }: Side): Promise<string[]> {
  const answer = await fetch(`${installation.opensearchUrl}/${sharedStream}/_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ size: 20, _source: false, query: ofTenant(tenant.id, logGroup) }),
  });
  const { hits } = (await answer.json()) as { hits: { hits: { _id: string }[] } };
  return hits.hits.map(({ _id }) => _id.slice(_id.indexOf('.') + 1));
}

/** Figures are of the installation: nobody's id and nobody's text. */
async function searchMetrics(installation: DrillInstallation, marks: readonly string[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [part, offset] of Object.entries({ api: 1, ingest: 2, worker: 3 })) {
    const answer = await fetch(`http://127.0.0.1:${installation.running.portBase + offset}/metrics`);
    findings.push(...findIn(`the metrics of ${part}`, await answer.text(), marks));
  }
  return findings;
}

async function isolate(installation: DrillInstallation): Promise<DrillResult> {
  const { demo } = installation.running;
  const [one, two] = demo.tenants.map((tenant): Side => ({
    tenant,
    ledger: new LineLedger(`F27-${tenant.slug}-${Date.now()}`),
  }));
  if (one === undefined || two === undefined) throw new Error('the demonstration has fewer than two organisations');
  const sides = [one, two];
  const loads = sides.map(({ tenant, ledger }) =>
    startLoad({ ingestUrl: demo.ingestUrl, ingestKey: tenant.ingestKey, logGroup }, ledger, 2),
  );
  await delay(1_500);
  await disturb(installation, sides);
  await delay(1_500);
  await Promise.all(loads.map((load) => load.stop()));
  const { opensearchUrl } = installation;
  let [lost, duplicated, acknowledged] = [0, 0, 0];
  const findings: Finding[] = await searchMetrics(installation, sides.flatMap(marksOf));
  for (const [side, other] of [
    [one, two],
    [two, one],
  ] as const) {
    const account = await settleAccounts({ opensearchUrl, tenantId: side.tenant.id, logGroup }, side.ledger);
    lost += account.lost;
    duplicated += account.duplicated;
    acknowledged += account.acknowledged;
    const foreign = marksOf(other);
    findings.push(...(await searchStores(installation, side, foreign)));
    findings.push(...(await searchRows(installation, side, foreign)));
    findings.push(...(await searchAnswers(installation, side, other)));
  }
  const sound = findings.length === 0 && lost === 0 && duplicated === 0 && acknowledged > 0;
  return {
    drill: 'F27',
    result: sound ? 'pass' : 'fail',
    acknowledged,
    lost,
    duplicated,
    foreign: findings.length,
    ...(findings.length === 0 ? {} : { detail: [...new Set(findings)].slice(0, 8).join('; ') }),
  };
}

/** Two organisations under load while parts die and poison is quarantined: nothing of one is anywhere with the other. */
export function isolationCases(installation: DrillInstallation): DrillCase[] {
  return [{ name: 'F27', about: 'two organisations under load while parts die', run: () => isolate(installation) }];
}
