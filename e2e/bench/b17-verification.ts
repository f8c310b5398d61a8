import { Client } from 'pg';
import { keepAlive } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { measurePipeline } from './b2-pipeline.ts';
import { round, type Figure } from './figure.ts';

const oldCount = Number(process.env['BENCH_B17_LINES'] ?? 1_000_000);
const newCount = 1_000;
const linesPerRequest = 1_000;
const logGroup = 'bench';

/** Seconds of the operator's command, from its own clock. */
async function verify(
  installation: BenchInstallation,
  tenant: BenchTenant,
  options: readonly string[] = [],
): Promise<number> {
  const { outcome, seconds } = await installation.runOperator('verify-now', tenant, options);
  if (outcome !== 'proven' || typeof seconds !== 'number') throw new Error('verify-now did not prove everything');
  return seconds;
}

/** The passes over everything are due again, as they are a day and a week later. */
async function letTimePass(installation: BenchInstallation, tenant: BenchTenant): Promise<void> {
  const client = new Client({ connectionString: installation.databaseUrl });
  await client.connect();
  await client.query(
    `UPDATE verification_progress
     SET whole_pass_started_at = whole_pass_started_at - interval '8 days', updated_at = now()
     WHERE tenant_id = $1`,
    [tenant.id],
  );
  await client.end();
}

/** B17: an hourly run over a few new records and an hour's part of many old ones, against proving all of them at once. */
export async function run(): Promise<Figure[]> {
  const installation = await BenchInstallation.start();
  try {
    const tenant = await installation.newTenant();
    await measurePipeline(installation, tenant, textBodies(makeLines(oldCount, 17), linesPerRequest));
    const whole = await verify(installation, tenant);
    await letTimePass(installation, tenant);
    await measurePipeline(installation, tenant, textBodies(makeLines(newCount, 18), linesPerRequest));
    await installation.untilSearchable(tenant, { logGroup, count: oldCount + newCount });
    const share = await verify(installation, tenant, ['--share']);
    return [
      {
        bench: 'B17',
        figure: 'share-seconds',
        value: round(share),
        unit: `s for ${newCount} new records beside ${oldCount} old ones`,
        peer: round(whole),
        ours: round(share),
        n: oldCount + newCount,
      },
    ];
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
