import { keepAlive } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { median, round, type Figure } from './figure.ts';

const lineCount = Number(process.env['BENCH_B11_LINES'] ?? 300_000);
const linesPerRequest = 1_000;
const rounds = 2;
const logGroup = 'bench';

/** Documents a second of the operator's command, from its own clock, with all of them found again afterwards. */
async function measureRebuild(installation: BenchInstallation, tenant: BenchTenant): Promise<number> {
  const { created, seconds } = await installation.runOperator('rebuild-now', tenant);
  await installation.untilSearchable(tenant, { logGroup, count: lineCount });
  if (typeof created !== 'number' || typeof seconds !== 'number') throw new Error('rebuild-now reported nothing');
  return created / seconds;
}

/** B11: the index made again from the archive, against the rate at which the same lines came in. */
export async function run(): Promise<Figure[]> {
  const bodies = textBodies(makeLines(lineCount, 11), linesPerRequest);
  const installation = await BenchInstallation.start();
  try {
    await measurePipeline(installation, await installation.newTenant(), bodies.slice(0, 60));
    const rates: { ours: number; peer: number }[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const tenant = await installation.newTenant();
      const peer = lineCount / (await measurePipeline(installation, tenant, bodies));
      rates.push({ peer, ours: await measureRebuild(installation, tenant) });
      await installation.emptyStream();
    }
    return [
      {
        bench: 'B11',
        figure: 'ratio',
        value: round(median(rates.map(({ ours, peer }) => ours / peer))),
        unit: 'x B2, the same lines coming in',
        peer: Math.round(median(rates.map(({ peer }) => peer))),
        ours: Math.round(median(rates.map(({ ours }) => ours))),
        n: lineCount * rounds,
      },
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
