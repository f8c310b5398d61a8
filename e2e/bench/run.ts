import { parseArgs } from 'node:util';
import type { Figure, Gate } from './figure.ts';

interface Bench {
  readonly module: string;
  readonly about: string;
}

/** In the order they run. Each file measures ours and its peer in turn, in the same run. */
const benches: Readonly<Record<string, Bench>> = {
  B1: { module: './b1-landing.ts', about: 'durable receipts against rsyslog with a synced disk queue' },
  B2: { module: './b2-pipeline.ts', about: 'end to end until searchable against raw _bulk' },
  B3: { module: './b3-stages.ts', about: 'CPU of each stage for one record: mask, seal, normalize, encode' },
  B4: { module: './b4-masking.ts', about: 'card number search against a V8 regex with Luhn' },
  B5: { module: './b5-search.ts', about: 'search through the API against OpenSearch directly' },
  B6: { module: './b6-verify.ts', about: 'full verification against sha256sum' },
  B7: { module: './b7-index-size.ts', about: 'index bytes for each raw byte' },
  B9: {
    module: './b9-noisy-neighbour.ts',
    about: 'a small sender while another organisation floods, against its quiet self',
  },
  B11: { module: './b11-rebuild.ts', about: 'rebuilding the index from the archive against B2' },
  B13: {
    module: './b13-trickle.ts',
    about: 'one line a second: files, blocks, bytes on disk, and how soon it is found',
  },
  B14: { module: './b14-organisations.ts', about: 'a thousand organisations of which ten send, against one alone' },
  B15: { module: './b15-reports.ts', about: 'the eleven reports of a day of 10^6 events, beside intake' },
  B16: { module: './b16-rules.ts', about: 'what every rule that there is takes of the throughput of B2' },
  B17: { module: './b17-verification.ts', about: 'an hourly verification beside much that is old, against all of it' },
  B18: { module: './b18-archived-search.ts', about: 'a day of one log group found in a year of the archive' },
  B19: { module: './b19-restore.ts', about: '10^6 records restored from the archive, against indexing them' },
};

const gates: readonly Gate[] = [
  { bench: 'B1', figure: 'ratio', atLeast: 20 },
  { bench: 'B1c', figure: 'p99', atMost: 15 },
  { bench: 'B2', figure: 'ratio', atLeast: 0.7 },
  { bench: 'B4', figure: 'ratio', atLeast: 1.5 },
  { bench: 'B5', figure: 'p95-over-gate', atMost: 1 },
  { bench: 'B6', figure: 'ratio', atLeast: 0.4 },
  { bench: 'B6', figure: 'proof-median', atMost: 1 },
  { bench: 'B7', figure: 'to-default', atMost: 0.75 },
  { bench: 'B9', figure: 'ack-ratio', atMost: 2 },
  { bench: 'B9', figure: 'lag-ratio', atMost: 2 },
  { bench: 'B11', figure: 'ratio', atLeast: 1 },
  { bench: 'B13', figure: 'files-per-minute', atMost: 6 },
  { bench: 'B13', figure: 'blocks-per-minute', atMost: 1 },
  { bench: 'B13', figure: 'bytes-per-record', atMost: 1_024 },
  { bench: 'B13', figure: 'freshness-p95', atMost: 2_500 },
  { bench: 'B13', figure: 'object-writes-per-day', atMost: 200_000 },
  { bench: 'B14', figure: 'shards', atMost: 50 },
  { bench: 'B14', figure: 'cost-ratio', atMost: 1.2 },
  { bench: 'B14', figure: 'idle-cpu-percent', atMost: 5 },
  { bench: 'B14', figure: 'make-seconds', atMost: 1 },
  { bench: 'B15', figure: 'seconds', atMost: 600 },
  { bench: 'B15', figure: 'rss-mb', atMost: 1_536 },
  { bench: 'B16', figure: 'share', atMost: 25 },
  { bench: 'B17', figure: 'share-seconds', atMost: 10 },
  // A day of one of twelve log groups, three of which are in each block of an hour.
  { bench: 'B18', figure: 'objects-read', atMost: 24 },
  { bench: 'B18', figure: 'first-hit', atMost: 2_000 },
  { bench: 'B19', figure: 'ratio', atMost: 2 },
];

function verdict(figure: Figure): string {
  const gate = gates.find(({ bench, figure: name }) => bench === figure.bench && name === figure.figure);
  if (gate === undefined) return '';
  const { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY } = gate;
  const limit = gate.atLeast === undefined ? `≤ ${gate.atMost}` : `≥ ${gate.atLeast}`;
  return `${figure.value >= atLeast && figure.value <= atMost ? 'met' : 'MISSED'} (${limit})`;
}

function table(figures: readonly Figure[]): string {
  const number = (value: number): string => value.toLocaleString('en', { maximumSignificantDigits: 4 });
  const rows = figures.map((f) => [
    f.bench,
    f.figure,
    number(f.value),
    f.unit,
    number(f.ours),
    number(f.peer),
    String(f.n),
    verdict(f),
  ]);
  const header = ['bench', 'figure', 'value', 'unit', 'ours', 'peer', 'n', 'gate'];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `--minutes N` makes a long measurement shorter, for a look. npm takes the option for its own unless `--` stands before it. */
const { values: settings, positionals: wanted } = parseArgs({
  options: { minutes: { type: 'string' } },
  allowPositionals: true,
});
const givenMinutes = settings.minutes ?? process.env['npm_config_minutes'];
const minutes = givenMinutes === undefined ? undefined : Number(givenMinutes);
if (minutes !== undefined && !(minutes > 0)) {
  console.error('--minutes takes a number of minutes.');
  process.exit(2);
}
const unknown = wanted.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(
    `There is no bench "${unknown}". The benches are: ${Object.entries(benches)
      .map(([name, { about }]) => `\n  ${name.padEnd(4)} ${about}`)
      .join('')}`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
let broken = false;
for (const [name, { module, about }] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`— ${name}: ${about}`);
  try {
    const { run } = (await import(module)) as {
      run: (settings: { minutes?: number | undefined }) => Promise<Figure[]>;
    };
    for (const figure of await run({ minutes })) {
      figures.push(figure);
      console.log(JSON.stringify(figure));
    }
  } catch (error) {
    broken = true;
    console.error(`${name} could not be measured: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(`\n${table(figures)}`);
process.exit(broken || figures.some((figure) => verdict(figure).startsWith('MISSED')) ? 1 : 0);
