import type { FrozenFile, FrozenRun } from '@akashi/database';
import { catalogueVersion } from '@akashi/log-event';
import type { ReportObjectReader, ReportTable } from '@akashi/integrity';
import { SummaryCount } from '@akashi/report';
import { ndjsonLine, readNdjson, renderRun, type RunHead } from '@akashi/report-render';
import { freezeFile, objectKey, openFrozen, type FilePiece } from './frozen-object.ts';
import { readRun } from './read-run.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

const rowsFile = 'rows.ndjson';
const encoder = new TextEncoder();

/** How far a run is when its rows are frozen; the rest is the making of the other files. */
const shareOfRows = 0.6;

const renderings = (['csv', 'pdf'] as const).flatMap((format) =>
  (['ja', 'en'] as const).map((language) => ({ format, language })),
);

/**
 * Freezes a run: first its rows, which are the evidence, then all other files, made from the frozen rows alone. Whatever an
 * earlier attempt has frozen stays and counts, so that any number of attempts leaves the same bytes.
 */
export async function freezeRun(parts: ReportParts, inHand: RunInHand): Promise<FrozenRun> {
  const rows = (await openFrozen(parts, inHand, rowsFile)) ?? (await freezeRows(parts, inHand));
  parts.onStep('report-rows-frozen');
  const { versions } = rows.header;
  const head = headOf(inHand, { rows: rows.table, summary: await summaryOf(inHand, rows), versions });
  const files: FrozenFile[] = [fileOf(inHand, { format: 'ndjson', language: null, file: rowsFile }, rows.table)];
  for (const [at, { format, language }] of renderings.entries()) {
    const file = `${format === 'csv' ? 'table' : 'report'}.${language}.${format}`;
    const table =
      (await openFrozen(parts, inHand, file))?.table ??
      (await freezeFile(parts, inHand, {
        file,
        versions,
        pieces: rendered(inHand, rows, { task: { head, format, language }, at }),
      }));
    files.push(fileOf(inHand, { format, language, file }, table));
  }
  parts.onStep('report-files-frozen');
  return {
    rows: rows.table.rows,
    flagged: rows.table.flagged,
    summary: head.summary,
    files,
    masters: mastersOf(versions),
    frozenAt: parts.now(),
  };
}

async function freezeRows(parts: ReportParts, inHand: RunInHand): Promise<ReportObjectReader> {
  const { run, tenantId } = inHand;
  await parts.database.forTenant(tenantId).reportRuns.noteRead(run, parts.now());
  const reading = await readRun(parts, inHand);
  try {
    const pieces = async function* (): AsyncGenerator<FilePiece, void, undefined> {
      for await (const row of reading.rows())
        yield { bytes: encoder.encode(ndjsonLine(row)), row: { isFlagged: row.flags.length > 0 } };
      parts.onStep('report-read');
    };
    const masters = Object.entries(reading.versions).map(([name, version]) => [`master ${name}`, String(version)]);
    const versions = {
      product: parts.productVersion,
      catalogue: String(catalogueVersion),
      ...Object.fromEntries(masters),
    };
    await freezeFile(parts, inHand, { file: rowsFile, versions, pieces: pieces() });
  } finally {
    await reading.close().catch(() => undefined);
  }
  const frozen = await openFrozen(parts, inHand, rowsFile);
  if (frozen === null) throw new Error('frozen rows are gone');
  return frozen;
}

/** Of the rows as they were frozen, by whichever attempt. */
async function summaryOf({ run }: RunInHand, rows: ReportObjectReader): Promise<RunHead['summary']> {
  const count = new SummaryCount(run.definition, run.basis.timeZone);
  for await (const row of readNdjson(rows.content())) count.take(row);
  return count.end();
}

async function* rendered(
  inHand: RunInHand,
  rows: ReportObjectReader,
  { task, at }: { readonly task: Parameters<typeof renderRun>[0]; readonly at: number },
): AsyncGenerator<FilePiece, void, undefined> {
  const share = (1 - shareOfRows) / renderings.length;
  const from = shareOfRows + share * at;
  const content = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
    for (const index of rows.table.frames.keys()) {
      yield await rows.frame(index);
      await inHand.progress(from + (share * (index + 1)) / rows.table.frames.length);
    }
  };
  for await (const bytes of renderRun(task, content())) {
    yield { bytes };
    await inHand.progress(from);
  }
}

function headOf(
  { run }: RunInHand,
  frozen: {
    readonly rows: ReportTable;
    readonly summary: RunHead['summary'];
    readonly versions: Readonly<Record<string, string>>;
  },
): RunHead {
  const { organisation, timeZone, language } = run.basis;
  return {
    id: run.id,
    organisation: organisation[language],
    timeZone,
    definition: run.definition,
    area: run.area,
    from: run.from.toISOString(),
    to: run.to.toISOString(),
    day: run.day,
    kind: run.kind,
    addendumTo: run.addendumTo,
    requestedBy: run.requestedBy,
    createdAt: run.createdAt.toISOString(),
    summary: frozen.summary,
    ndjson: { bytes: frozen.rows.bytes, sha256: frozen.rows.sha256 },
    versions: frozen.versions,
  };
}

function fileOf(
  inHand: RunInHand,
  { format, language, file }: Pick<FrozenFile, 'format' | 'language'> & { readonly file: string },
  { bytes, sha256 }: ReportTable,
): FrozenFile {
  return { format, language, bytes, sha256, object: objectKey(inHand, file) };
}

function mastersOf(versions: Readonly<Record<string, string>>): Record<string, number> {
  const named = Object.entries(versions).flatMap(([name, version]) =>
    name.startsWith('master ') ? [[name.slice('master '.length), Number(version)] as const] : [],
  );
  return Object.fromEntries(named);
}
