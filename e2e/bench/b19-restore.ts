import { keepAlive } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { waitUntil } from './b1-ingest-process.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { round, type Figure } from './figure.ts';

const lineCount = Number(process.env['BENCH_B19_LINES'] ?? 1_000_000);
const linesPerRequest = 1_000;
const logGroup = 'bench';
const dayMs = 86_400_000;
const restoredWithinMs = 3_600_000;
const path = '/v1/restores';

type Answer = Readonly<Record<string, unknown>>;

interface Asked {
  readonly path: string;
  readonly body?: object;
}

async function ask({ apiUrl }: BenchInstallation, { apiKey }: BenchTenant, { path, body }: Asked): Promise<Answer> {
  const answer = await fetch(`${apiUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

/** Seconds that the set was made in, by its own clock, with every record read back and found in a search. */
async function measureRestore(installation: BenchInstallation, tenant: BenchTenant): Promise<Answer> {
  const from = new Date(Date.now() - dayMs).toISOString();
  const to = new Date(Date.now() + dayMs).toISOString();
  const wanted = { logGroups: [logGroup], from, to };
  // The last lines are sealed within a minute or so.
  await waitUntil(
    async () =>
      Number((await ask(installation, tenant, { path, body: { ...wanted, dryRun: true } }))['records']) >= lineCount,
    restoredWithinMs,
    2_000,
  );
  const { id } = await ask(installation, tenant, { path, body: wanted });
  let made: Answer = {};
  await waitUntil(
    async () => {
      made = await ask(installation, tenant, { path: `${path}/${String(id)}` });
      if (made['state'] === 'failed') throw new Error(`the restore failed: ${String(made['errorCode'])}`);
      return made['state'] === 'done';
    },
    restoredWithinMs,
    500,
  );
  if (made['doneRecords'] !== lineCount || made['proven'] !== true) throw new Error('not all records were restored');
  return made;
}

/** B19: a set of 10^6 records restored from the archive and proven, against the time in which the same lines came in. */
export async function run(): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  try {
    const bodies = textBodies(makeLines(lineCount, 19), linesPerRequest);
    await measurePipeline(installation, await installation.newTenant(), bodies.slice(0, 60));
    const tenant = await installation.newTenant();
    const peer = await measurePipeline(installation, tenant, bodies);
    const made = await measureRestore(installation, tenant);
    const ours = (Date.parse(String(made['finishedAt'])) - Date.parse(String(made['startedAt']))) / 1_000;
    const estimate = Number(made['estimateSeconds']);
    const common = { bench: 'B19', n: lineCount };
    return [
      {
        ...common,
        figure: 'ratio',
        value: round(ours / peer),
        unit: 'x the time of indexing',
        peer: round(peer),
        ours: round(ours),
      },
      {
        ...common,
        figure: 'estimate',
        value: round(estimate / ours),
        unit: 'x what it took',
        peer: round(ours),
        ours: estimate,
      },
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
