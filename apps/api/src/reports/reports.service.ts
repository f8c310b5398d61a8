import { Inject, Injectable } from '@nestjs/common';
import type { ReportAnswer, ReportDefinitionInput, ReportsAnswer } from '@akashi/contracts';
import type { ReportDefinitions, ReportRun, ReportVersion } from '@akashi/database';
import {
  checkDefinition,
  definitionsInForce,
  listsClocks,
  productReports,
  type DefinitionInForce,
} from '@akashi/report';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { seesRun } from '../report-runs/sees-run.ts';
import { ownReportId } from './own-report-id.ts';
import { refuseConditions } from './refuse-conditions.ts';
import { definitionContent, showReport } from './show-report.ts';

/** Own reports of one organisation, and versions of one report. */
const mostOwn = 100;
const mostVersions = 1_000;

type Parts = Pick<ApiParts, 'database' | 'clock'>;

interface Found {
  readonly report: DefinitionInForce;
  readonly saved: readonly ReportVersion[];
}

/** Definitions of reports. A version never changes: what a run was made by can always be told. */
@Injectable()
export class ReportsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<ReportsAnswer> {
    const [saved, runs] = await Promise.all([this.#own(context).newest(), this.#newestRuns(context)]);
    const reports = definitionsInForce(productReports, saved);
    return { items: reports.map((report) => showReport(report, { saved, runs })) };
  }

  async create(context: RequestContext, { basedOn, ...content }: ReportDefinitionInput): Promise<ReportAnswer> {
    refuseConditions(context, checkDefinition(content), content);
    const saved = await this.#own(context).newest();
    const reports = definitionsInForce(productReports, saved);
    if (basedOn !== undefined && !reports.some(({ definition }) => definition.id === basedOn))
      throw new AppError('request-invalid', { detail: 'basedOn: is no report' });
    if (reports.filter(({ isOwn }) => isOwn).length >= mostOwn)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostOwn } });
    // What has ended keeps its name: its runs go by it.
    const taken = new Set([...productReports, ...saved].map(({ id }) => id));
    const id = ownReportId(content.title.en, taken);
    await this.#save(context, { id, definition: content, after: 0 }, () =>
      this.#trail.record(context, {
        action: 'report.create',
        outcome: 'success',
        target: { kind: 'report', id, name: content.title[context.language] },
        ...(basedOn === undefined ? {} : { details: { basedOn } }),
        after: { definition: JSON.stringify(content) },
      }),
    );
    return this.#show(context, id);
  }

  async change(
    context: RequestContext,
    id: string,
    { basedOn: _basedOn, ...content }: ReportDefinitionInput,
  ): Promise<ReportAnswer> {
    const { report } = await this.#find(context, id);
    // Its rows are made by no condition that could be changed.
    if (listsClocks(report.definition)) throw new AppError('conflict', { reason: 'standard' });
    refuseConditions(context, checkDefinition(content), content);
    refuseWeaker(id, content);
    if ((await this.#own(context).versions(id)).length >= mostVersions)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostVersions } });
    await this.#save(context, { id, definition: content, after: report.definition.version }, () =>
      this.#trail.record(context, {
        action: 'report.change',
        outcome: 'success',
        target: { kind: 'report', id, name: report.definition.title[context.language] },
        before: { definition: JSON.stringify(definitionContent(report.definition)) },
        after: { definition: JSON.stringify(content) },
      }),
    );
    return this.#show(context, id);
  }

  /** An own one ends; one of the eleven is again as the standard has it. */
  async end(context: RequestContext, id: string): Promise<void> {
    const { report } = await this.#find(context, id);
    if (!report.isOwn && !report.isChanged) throw new AppError('conflict', { reason: 'standard' });
    await this.#save(context, { id, definition: null, after: report.definition.version }, () =>
      this.#trail.record(context, {
        action: report.isOwn ? 'report.end' : 'report.restore',
        outcome: 'success',
        target: { kind: 'report', id, name: report.definition.title[context.language] },
        before: { definition: JSON.stringify(definitionContent(report.definition)) },
      }),
    );
  }

  async #save(
    context: RequestContext,
    version: { readonly id: string; readonly definition: object | null; readonly after: number },
    beforeCommit: () => Promise<void>,
  ): Promise<void> {
    const made = { by: context.actor.name, at: this.#parts.clock.now() };
    await this.#own(context).save({ ...version, ...made }, beforeCommit);
  }

  async #show(context: RequestContext, id: string): Promise<ReportAnswer> {
    const [{ report, saved }, runs] = await Promise.all([this.#find(context, id), this.#newestRuns(context)]);
    return showReport(report, { saved, runs });
  }

  async #find(context: RequestContext, id: string): Promise<Found> {
    const saved = await this.#own(context).newest();
    const report = definitionsInForce(productReports, saved).find(({ definition }) => definition.id === id);
    if (report === undefined) throw new AppError('not-found');
    return { report, saved };
  }

  /** Of each report and area, as far as the caller may open it. */
  async #newestRuns(context: RequestContext): Promise<ReportRun[]> {
    const runs = await this.#parts.database.forTenant(context.tenantId).reportRuns.newest();
    return runs.filter((run) => seesRun(context, run));
  }

  #own(context: RequestContext): ReportDefinitions {
    return this.#parts.database.forTenant(context.tenantId).reportDefinitions;
  }
}

/** What PCI DSS 10.4.1 has reviewed each day stays an item of the daily review. */
function refuseWeaker(id: string, { duty }: Pick<ReportDefinitionInput, 'duty'>): void {
  const standard = productReports.find((each) => each.id === id);
  if (standard?.duty !== 'required' || duty === 'required') return;
  const params = { setting: 'duty', limit: 'required', requirement: '10.4.1' };
  throw new AppError('setting-too-weak', { params, reason: 'duty', detail: 'duty' });
}
