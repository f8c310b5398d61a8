import { ReportReader, type FoundRun } from '../reading/report-reader.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { sharedStream } from './oracle.ts';

/** Where the worker dies in the middle of a run of a report, in the order of its work. */
const crashpoints = [
  'report-taken',
  'report-read',
  'report-rows-frozen',
  'report-files-frozen',
  'report-frozen',
  'report-line-sent',
] as const;

const report = 'failed-sign-ins';
const dayMs = 86_400_000;

/** The lines of the sealed log about a run, as the index has them, looked at from outside of the product. */
async function sealedLines(
  { opensearchUrl, tenant }: DrillInstallation,
  id: string,
): Promise<Readonly<Record<string, unknown>>[]> {
  const query = { bool: { filter: [{ term: { 'akashi.tenant': tenant.id } }, { term: { 'event.id': id } }] } };
  const answer = await fetch(`${opensearchUrl}/${sharedStream}/_search`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { hits } = (await answer.json()) as { hits: { hits: { _source: Record<string, unknown> }[] } };
  return hits.hits.map(({ _source: source }) => source);
}

/** What is wrong with a run that was killed in the middle, beside one that was not; of two that read the same. */
async function problemsOf(
  { installation, reports }: { readonly installation: DrillInstallation; readonly reports: ReportReader },
  killed: FoundRun,
  whole: FoundRun,
): Promise<string[]> {
  if (killed.state !== 'done') return [`${killed.state} with ${killed.errorCode ?? 'no code'}`];
  const problems: string[] = [];
  if (killed.rows !== whole.rows || killed.flagged !== whole.flagged) problems.push('other rows');
  for (const each of killed.files) {
    const { sha256 } = await reports.file(killed.id, each);
    if (sha256 !== each.sha256) problems.push(`${each.format} is another file`);
  }
  const rowsOf = ({ files }: FoundRun): string | undefined => files.find(({ format }) => format === 'ndjson')?.sha256;
  if (rowsOf(killed) !== rowsOf(whole)) problems.push('the rows are other bytes');
  const lines = await sealedLines(installation, killed.id);
  if (lines.length !== 1) problems.push(`${lines.length} sealed lines`);
  if (lines[0]?.['akashi.report.sha256.ndjson'] !== rowsOf(killed)) problems.push('the line has another hash');
  return problems;
}

/** Something to report: failures in a row. */
async function takeIn(installation: DrillInstallation): Promise<void> {
  const line = (n: number): string =>
    `<86>1 ${new Date(Date.now() - 60_000 + n * 100).toISOString()} web01 sshd 7 - - Failed password for user${n % 7} from 192.0.2.9 port 50022 ssh2`;
  const { ingestUrl } = installation.running.demo;
  const answer = await fetch(`${ingestUrl}/v1/log-groups/drill%2Freports/log-streams/web01/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${installation.tenant.ingestKey}`, 'content-type': 'text/plain' },
    body: Array.from({ length: 200 }, (_, n) => line(n)).join('\n'),
  });
  if (answer.status !== 201) throw new Error(`the lines were answered ${answer.status}`);
}

/** The worker is killed at each place of a run: one run, one line, the same bytes. */
async function killedInTheMiddle(installation: DrillInstallation): Promise<DrillResult> {
  const reports = new ReportReader(installation.running.demo);
  await takeIn(installation);
  const to = new Date().toISOString();
  const period = { from: new Date(Date.now() - 30 * dayMs).toISOString(), to };
  const whole = await reports.untilSealed(await reports.ask(report, period));
  const problems: string[] =
    whole.state === 'done' && whole.rows > 0 ? [] : [`undisturbed: ${whole.state} with ${whole.rows} rows`];
  for (const crashpoint of crashpoints) {
    installation.armCrashpoint('worker', crashpoint);
    installation.kill('worker');
    await installation.waitUntilReady('worker');
    const killed = await reports.untilSealed(await reports.ask(report, period));
    problems.push(
      ...(await problemsOf({ installation, reports }, killed, whole)).map((each) => `${crashpoint}: ${each}`),
    );
  }
  await installation.waitUntilReady('worker');
  return {
    drill: 'R1',
    result: problems.length === 0 ? 'pass' : 'fail',
    crashpoints: crashpoints.length,
    rows: whole.rows,
    ...(problems.length === 0 ? {} : { detail: problems.join('; ') }),
  };
}

export function reportCases(installation: DrillInstallation): DrillCase[] {
  return [
    { name: 'R1', about: 'a worker is killed in the middle of a report', run: () => killedInTheMiddle(installation) },
  ];
}
