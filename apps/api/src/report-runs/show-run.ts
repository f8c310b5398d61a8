import type { ReportRunAnswer, ReportRunsAnswer } from '@akashi/contracts';
import type { ReportRun, ReportRunLook } from '@akashi/database';

type Listed = ReportRunsAnswer['items'][number];

export function listRun(run: ReportRun): Listed {
  const { id, report, version, area, basis, day, kind, addendumTo, state, progress, rows, flagged, summary } = run;
  const { number, title, duty } = run.definition;
  const hashOf = (format: string): string | undefined =>
    run.files.find((file) => file.format === format && (file.language ?? basis.language) === basis.language)?.sha256;
  const [ndjson, csv, pdf] = [hashOf('ndjson'), hashOf('csv'), hashOf('pdf')];
  const isWhole = ndjson !== undefined && csv !== undefined && pdf !== undefined;
  return {
    id,
    report,
    number,
    title,
    version,
    duty,
    area: area === null ? null : { id: area.id, name: area.name },
    from: run.from.toISOString(),
    to: run.to.toISOString(),
    day,
    kind,
    addendumTo,
    state,
    progress,
    rows,
    flagged,
    // The answer's schema takes from it what it names.
    summary: summary as Listed['summary'],
    sha256: isWhole ? { ndjson, csv, pdf } : null,
    files: run.files.map(({ format, language, bytes, sha256 }) => ({ format, language, bytes, sha256 })),
    sealedAs: run.sealedAs,
    requestedBy: run.requestedBy,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    errorCode: run.errorCode,
  };
}

export function showRun(run: ReportRun, looks: readonly ReportRunLook[]): ReportRunAnswer {
  return {
    ...listRun(run),
    definition: structuredClone(run.definition) as unknown as ReportRunAnswer['definition'],
    openedBy: looks.map(({ name, at, what }) => ({ name, at: at.toISOString(), what })),
  };
}
