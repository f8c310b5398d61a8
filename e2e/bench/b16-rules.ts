import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventOfReading, parseSigma, RuleSet, sigmaRule, starterRules, type Rule } from '@akashi/detection';
import { createNormalizer, type BatchOrigin } from '@akashi/log-event';
import { measurePipeline } from './b2-pipeline.ts';
import { keepAlive } from './bench-http.ts';
import { BenchInstallation, type BenchTenant } from './bench-installation.ts';
import { makeLines, textBodies } from './bench-lines.ts';
import { median, round, type Figure } from './figure.ts';

const linesPerRequest = 1_000;
const rounds = 3;
const lineCount = Number(process.env['BENCH_B16_LINES'] ?? 150_000);
const corpus = fileURLToPath(new URL('../../../shared/corpora/sigma/all', import.meta.url));

/** Every rule of the public Sigma set that the formats here can carry out, where it is at hand, and the starter set. */
function allRules(): Rule[] {
  const files = existsSync(corpus) ? globSync('**/*.yml', { cwd: corpus }).toSorted() : [];
  const sigma = files.flatMap((path): Rule[] => {
    const source = readFileSync(`${corpus}/${path}`, 'utf8');
    const parsed = parseSigma(source);
    return parsed.ok ? [sigmaRule(source, parsed.file)] : [];
  });
  return [...sigma, ...starterRules.map(({ rule }) => rule)];
}

async function switchOn(installation: BenchInstallation, tenant: BenchTenant, rules: readonly Rule[]): Promise<void> {
  const store = installation.databaseOf(tenant).rules;
  const act = { by: 'bench', at: new Date(), reason: null };
  for (const document of rules) {
    const { title, kind, severity } = document;
    const content = { title, kind, severity, format: 'json', source: '{}', document } as const;
    await store.create({ ...content, enabled: true }, act, () => Promise.resolve());
  }
}

/** CPU of asking alone, of readings that are there: no services, so that it says the same on a busy machine. */
function measureAsking(rules: readonly Rule[], lines: readonly string[]): number {
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const source = { id: 'bench', kind: 'http', address: '127.0.0.1' } as const;
  const origin: BatchOrigin = { batchId: 'bench', logGroup: 'bench', logStream: 'all', source };
  const set = new RuleSet(
    rules.map((rule, index) => ({ ruleId: `rule-${index}`, version: 1, rule, sinceUs: 0 })),
    { timeZone: 'Asia/Tokyo' },
  );
  const receivedAtUs = Date.UTC(2026, 10, 22, 12) * 1000;
  const readings = lines.map((line) => {
    const record = Buffer.from(line);
    return { record, reading: normalizer.read({ record, origin, receivedAtUs, flags: 0 }) };
  });
  const notes = new Uint8Array();
  const micros: number[] = [];
  for (let turn = 0; turn < 2 + rounds; turn += 1) {
    const begun = process.cpuUsage();
    for (const [position, { record, reading }] of readings.entries())
      set.match(
        eventOfReading({ reading, record, origin, receivedAtUs, position, notes, isPart: false, eventId: () => 'x' }),
      );
    const used = process.cpuUsage(begun);
    if (turn >= 2) micros.push((used.user + used.system) / lines.length);
  }
  return round(median(micros));
}

interface Rounds {
  readonly without: number[];
  readonly with: number[];
  readonly cpuWithout: number[];
  readonly cpuWith: number[];
}

function figuresOf(measured: Rounds, { rules, asking }: { rules: number; asking: number }): Figure[] {
  const [without, withRules] = [median(measured.without), median(measured.with)];
  const [cpuWithout, cpuWith] = [median(measured.cpuWithout), median(measured.cpuWith)];
  const shares = measured.with.map((rate, index) => 100 * (1 - rate / (measured.without[index] ?? Number.NaN)));
  const n = lineCount * rounds;
  return [
    {
      bench: 'B16',
      figure: 'share',
      value: round(median(shares)),
      unit: `% of the documents/s without rules that ${rules} rules cost`,
      peer: Math.round(without),
      ours: Math.round(withRules),
      n,
    },
    {
      bench: 'B16',
      figure: 'cpu',
      value: round(cpuWith - cpuWithout),
      unit: 'µs/record in ingest and worker more than without rules',
      peer: round(cpuWithout),
      ours: round(cpuWith),
      n,
    },
    { bench: 'B16', figure: 'asking', value: asking, unit: 'µs/record', peer: asking, ours: asking, n: lineCount },
  ];
}

/**
 * B16: the lines of B2 from an organisation with every rule that there is, against one without any, in turn and in one
 * installation; and what asking the rules takes by itself.
 */
export async function run(): Promise<Figure[]> {
  const rules = allRules();
  const lines = makeLines(lineCount, 20_261_122);
  const asking = measureAsking(rules, lines.slice(0, 30_000));
  process.stderr.write(`  asking ${rules.length} rules: ${asking} µs/record\n`);
  const bodies = textBodies(lines, linesPerRequest);
  const installation = await BenchInstallation.start();
  try {
    const plain = await installation.newTenant();
    const watched = await installation.newTenant();
    await switchOn(installation, watched, rules);
    const measured: Rounds = { without: [], with: [], cpuWithout: [], cpuWith: [] };
    const measure = async (tenant: BenchTenant, rates: number[], cpu: number[]): Promise<void> => {
      const cpuBefore = installation.cpuMicros();
      rates.push(lineCount / (await measurePipeline(installation, tenant, bodies)));
      cpu.push((installation.cpuMicros() - cpuBefore) / lineCount);
      await installation.emptyStream();
    };
    // Once before: the index server and the threads compile their code, and the threads the rules.
    await measure(plain, [], []);
    await measure(watched, [], []);
    for (let n = 0; n < rounds; n += 1) {
      const without = (): Promise<void> => measure(plain, measured.without, measured.cpuWithout);
      const withRules = (): Promise<void> => measure(watched, measured.with, measured.cpuWith);
      for (const turn of n % 2 === 0 ? [without, withRules] : [withRules, without]) await turn();
      process.stderr.write(
        `  round ${n + 1}: without ${Math.round(measured.without[n] ?? 0)}, with rules ${Math.round(measured.with[n] ?? 0)} documents/s\n`,
      );
    }
    return figuresOf(measured, { rules: rules.length, asking });
  } finally {
    keepAlive.destroy();
    await installation.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
