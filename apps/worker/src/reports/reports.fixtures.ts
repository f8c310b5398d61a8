import { createHash, randomBytes } from 'node:crypto';
import { OwnLogError, type OwnLogLine } from '@akashi/client';
import { KnownClaims, newUnmaskedId, type NewReportRun, type ReportRun, type TenantDatabase } from '@akashi/database';
import { scopeOfArea } from '@akashi/policy';
import { standardReports, usualHours, usualTags, type ReportDefinition, type ReportRow } from '@akashi/report';
import { readNdjson } from '@akashi/report-render';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { openFrozen } from './frozen-object.ts';
import type { ReportParts, ReportStep } from './report-parts.ts';

/** The organisation's day that the tests report, and its period in Tokyo. */
export const day = '2026-11-20';
export const dayStart = Date.parse('2026-11-19T15:00:00Z');
export const dayEnd = dayStart + 86_400_000;

export interface TestReports {
  readonly pipeline: TestPipeline;
  readonly tenant: TenantDatabase;
  /** What the intake has of the sealed lines, by their keys. */
  readonly lines: Map<string, OwnLogLine>;
  /** Sets the clock of all parts. */
  setClock(ms: number): void;
  /** A process with nothing remembered; at the step it dies. */
  process(diesAt?: ReportStep): ReportParts;
  /** Takes lines in at a moment, in a log group and stream, up to the index. Answers their segment. */
  take(
    lines: readonly string[],
    place: { at: number; logGroup?: string; logStream?: string; format?: string },
  ): Promise<string>;
  plan(report: string, more?: Partial<NewReportRun> & { changed?: Partial<ReportDefinition> }): Promise<string>;
  rowsOf(run: ReportRun): Promise<ReportRow[]>;
  /** Every object of a run's files, by its key, as a digest. */
  objectsOf(run: ReportRun): Promise<Record<string, string>>;
  close(): Promise<void>;
}

export const wholeArea = { id: 'a1b2c3d4-0000-4000-8000-000000000001', name: '全体' };

/** Real PostgreSQL, OpenSearch, disk and pipeline. Stands in: the intake that lines are sent to, and the death of a process. */
export async function openTestReports(): Promise<TestReports> {
  const pipeline = await openTestPipeline();
  const { tenantId } = pipeline;
  const { database, archive, keyring, search } = pipeline.parts;
  const tenant = database.forTenant(tenantId);
  const lines = new Map<string, OwnLogLine>();
  let nowMs = dayEnd + 3_600_000;

  const append = (line: OwnLogLine): Promise<void> => {
    const kept = lines.get(line.idempotencyKey);
    if (kept !== undefined && kept.line !== line.line) return Promise.reject(new OwnLogError('conflict'));
    lines.set(line.idempotencyKey, line);
    return Promise.resolve();
  };

  return {
    pipeline,
    tenant,
    lines,
    setClock: (ms) => void (nowMs = ms),
    process: (diesAt) => {
      let isDead = false;
      const alive = (): void => {
        if (isDead) throw new Error('the process is dead');
      };
      return {
        database,
        archive,
        keyring,
        search,
        log: { append, appendAll: ({ records, ...place }) => append({ ...place, line: records.join('\n') }) },
        claims: new KnownClaims(database),
        productVersion: '0.0.0',
        newNonce: () => randomBytes(12),
        onStep: (step) => {
          isDead ||= step === diesAt;
          alive();
        },
        now: () => {
          alive();
          return new Date(nowMs);
        },
      };
    },
    take: async (given, { at, logGroup = 'shop/linux', logStream = 'web01', ...more }) => {
      pipeline.clock.nowMs = () => at;
      const segmentId = await pipeline.land(given, { logGroup, logStream, ...more });
      await processSegment(pipeline.parts, {
        tenantId,
        segmentId,
        lane: 'ordinary',
        signal: AbortSignal.timeout(60_000),
      });
      return segmentId;
    },
    plan: async (report, { changed = {}, ...more } = {}) => {
      const standard = standardReports.find(({ id }) => id === report);
      if (standard === undefined) throw new Error(`no report is called ${report}`);
      const area = { ...wholeArea, logGroups: ['*'], logStreams: [], sources: [], hosts: [] };
      const [planned] = await tenant.reportRuns.plan([
        {
          id: newUnmaskedId(),
          definition: { ...standard, ...changed },
          area,
          basis: {
            scope: scopeOfArea(more.area ?? area).parts,
            timeZone: 'Asia/Tokyo',
            language: 'ja',
            organisation: { ja: '証デモ', en: 'Akashi demo' },
            hours: usualHours,
            tags: usualTags,
          },
          from: new Date(dayStart),
          to: new Date(dayEnd),
          day: null,
          kind: 'by-hand',
          requestedBy: { id: null, name: '佐藤 花子' },
          at: new Date(nowMs),
          ...more,
        },
      ]);
      return planned?.id ?? '';
    },
    rowsOf: async (run) => {
      const frozen = await openFrozen({ archive, keyring } as unknown as ReportParts, { tenantId, run }, 'rows.ndjson');
      return frozen === null ? [] : Array.fromAsync(readNdjson(frozen.content()));
    },
    objectsOf: async (run) => {
      const own = archive.forTenant(tenantId);
      const digests: Record<string, string> = {};
      const folder = `reports/${run.createdAt.toISOString().slice(0, 10).replaceAll('-', '/')}/${run.id}/`;
      for await (const { key } of own.list(folder)) {
        const bytes = await own.get(key);
        digests[key.slice(folder.length)] = createHash('sha256')
          .update(bytes ?? '')
          .digest('hex');
      }
      return digests;
    },
    close: () => pipeline.close(),
  };
}
