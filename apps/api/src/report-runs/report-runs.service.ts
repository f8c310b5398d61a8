import { Inject, Injectable } from '@nestjs/common';
import type {
  NewReportRun,
  ReportRowsAnswer,
  ReportRowsQuery,
  ReportRunAnswer,
  ReportRunsAnswer,
  ReportRunsQuery,
} from '@akashi/contracts';
import type { ReportRun, ReportRunLook, ReportRuns } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { readRowCursor, readRunCursor, rowCursor, runCursor } from './cursors.ts';
import { FrozenFiles } from './frozen-file.ts';
import { planByHand } from './plan-by-hand.ts';
import { rowsPage } from './rows-page.ts';
import { seesRun } from './sees-run.ts';
import { listRun, showRun } from './show-run.ts';

type Parts = Pick<ApiParts, 'database' | 'clock' | 'archive' | 'keyring'>;

const shownLooks = 50;
const runsAtOnce = 200;
/** A page of the list looks through so many runs at most; what the caller sees of older ones comes with the next. */
const mostRunsLookedAt = 2_000;
/** A screen that fetches its first rows again is one look. */
const oneLookMs = 10 * 60_000;

/** Runs of reports, for those who may see their whole area: for everybody else they are not there. */
@Injectable()
export class ReportRunsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #files: FrozenFiles;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
    this.#files = new FrozenFiles(parts);
  }

  async list(context: RequestContext, query: ReportRunsQuery): Promise<ReportRunsAnswer> {
    const { limit, cursor, ...selection } = query;
    let after = cursor === undefined ? undefined : readRunCursor(cursor);
    const items: ReportRun[] = [];
    for (let looked = 0; looked < mostRunsLookedAt; looked += runsAtOnce) {
      const found = await this.#own(context).list({ ...selection, after, limit: runsAtOnce });
      for (const run of found) {
        const isSeen = seesRun(context, run);
        const last = items.at(limit - 1);
        // Only what the caller may see says that there is more.
        if (isSeen && last !== undefined) return { items: items.map(listRun), next: runCursor(last) };
        if (isSeen) items.push(run);
        after = run;
      }
      if (found.length < runsAtOnce) return { items: items.map(listRun) };
    }
    const last = items.at(limit - 1) ?? after;
    return { items: items.map(listRun), ...(last === undefined ? {} : { next: runCursor(last) }) };
  }

  async get(context: RequestContext, id: string): Promise<ReportRunAnswer> {
    const run = await this.#find(context, id);
    return showRun(run, await this.#own(context).looks(id, shownLooks));
  }

  /** Planned, and made by a worker as soon as one is free. */
  async start(context: RequestContext, report: string, wanted: NewReportRun): Promise<ReportRunAnswer> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const run = await planByHand(context, { report, wanted, tenant, now: this.#parts.clock.now() });
    await tenant.reportRuns.plan([run], () =>
      this.#trail.record(context, {
        action: 'report-run.start',
        outcome: 'success',
        target: { kind: 'report', id: report, name: run.definition.title[context.language] },
        from: run.from.toISOString(),
        to: run.to.toISOString(),
        details: { run: run.id, area: run.area?.name ?? null, version: run.definition.version },
      }),
    );
    return this.get(context, run.id);
  }

  async cancel(context: RequestContext, id: string): Promise<ReportRunAnswer> {
    const run = await this.#find(context, id);
    const isCancelled = await this.#own(context).cancel(id, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'report-run.cancel',
        outcome: 'success',
        target: { kind: 'report-run', id, name: run.report },
      }),
    );
    if (!isCancelled) throw new AppError('conflict', { reason: run.kind === 'by-hand' ? 'run-ended' : 'run-of-duty' });
    return this.get(context, id);
  }

  async rows(context: RequestContext, id: string, query: ReportRowsQuery): Promise<ReportRowsAnswer> {
    const from = query.cursor === undefined ? { frame: 0, row: 0 } : readRowCursor(query.cursor);
    const run = await this.#find(context, id);
    const object = await this.#files.open(context, run, fileOf(run, { format: 'ndjson' }));
    const flagged = query.flagged === undefined ? undefined : query.flagged === 'true';
    const { items, next } = await rowsPage(object, { from, limit: query.limit, flagged, flag: query.flag });
    if (query.cursor === undefined) await this.#look(context, run, 'rows');
    return {
      items: items as unknown as ReportRowsAnswer['items'],
      ...(next === null ? {} : { next: rowCursor(next) }),
    };
  }

  /** The file as it was frozen, piece by piece. */
  async file(context: RequestContext, id: string, wanted: FileWanted): Promise<OpenedFile> {
    const run = await this.#find(context, id);
    const file = fileOf(run, wanted);
    const object = await this.#files.open(context, run, file);
    await this.#look(context, run, file.format);
    return { run, file, content: object.content() };
  }

  async #look(context: RequestContext, run: ReportRun, what: ReportRunLook['what']): Promise<void> {
    const { name, id, kind } = context.actor;
    const at = this.#parts.clock.now();
    const looks = await this.#own(context).looks(run.id, shownLooks);
    const since = at.getTime() - oneLookMs;
    if (looks.some((look) => look.name === name && look.what === what && look.at.getTime() > since)) return;
    await this.#own(context).addLook(run.id, { name, at, what, userId: kind === 'user' ? id : null });
  }

  async #find(context: RequestContext, id: string): Promise<ReportRun> {
    const run = await this.#own(context).get(id);
    if (run === null || !seesRun(context, run)) throw new AppError('not-found');
    return run;
  }

  #own(context: RequestContext): ReportRuns {
    return this.#parts.database.forTenant(context.tenantId).reportRuns;
  }
}

export interface FileWanted {
  readonly format: 'ndjson' | 'csv' | 'pdf';
  /** The organisation's when it is not said; NDJSON has none. */
  readonly language?: 'ja' | 'en' | undefined;
}

export interface OpenedFile {
  readonly run: ReportRun;
  readonly file: ReportRun['files'][number];
  readonly content: AsyncIterable<Buffer>;
}

function fileOf(run: ReportRun, { format, language }: FileWanted): ReportRun['files'][number] {
  if (run.state !== 'done') throw new AppError('conflict', { reason: 'run-unfinished' });
  const wanted = format === 'ndjson' ? null : (language ?? run.basis.language);
  const file = run.files.find((each) => each.format === format && each.language === wanted);
  if (file === undefined) throw new AppError('not-found');
  return file;
}
