import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { planImport, type ImportPlan, type MasterRow } from '@akashi/attribution';
import type { MasterImportAnswer, MasterImportChange, MasterImportQuery } from '@akashi/contracts';
import type { NewVersion } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import type { FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { faultSentence } from './fault-sentences.ts';
import { readImport, type ReadImport } from './read-import.ts';
import { showOverlap, showRow } from './show-master.ts';
import { readTableBody } from './table-body.ts';

const mostErrors = 1_000;
const mostChanges = 500;

type Parts = Pick<ApiParts, 'database' | 'clock'>;

/** Takes tables into masters; a preview is the same import without its writing. */
@Injectable()
export class MasterImportService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async import(
    context: RequestContext,
    { name, request }: { name: string; request: FastifyRequest },
    query: MasterImportQuery,
  ): Promise<MasterImportAnswer> {
    const masters = this.#parts.database.forTenant(context.tenantId).masters;
    const definition = await masters.definition(name);
    if (definition === null) throw new AppError('not-found');
    const isDry = query.dryRun === 'true';
    const body = await readTableBody(request);
    const now = this.#parts.clock.now();
    const read = await readImport(definition, body, {
      timeZone: context.timeZone,
      nowMs: now.getTime(),
      year: query.year ?? null,
    });
    const options = {
      nowMs: now.getTime(),
      isWhole: query.replace === 'true',
      isCorrection: query.correct === 'true',
      saysEnds: read.saysEnds,
      newId: () => randomUUID(),
    };
    const planOf = (current: readonly MasterRow[]): ImportPlan =>
      planImport(definition, { current, imported: read.rows }, options);
    const target = { kind: 'master', id: name, name: definition.title[context.language] };
    const told = { lines: read.rows.length, whole: options.isWhole, correction: options.isCorrection };
    if (read.faults.length > 0 || isDry) {
      const plan = read.faults.length > 0 ? null : planOf(await masters.rowsAt(name));
      const version = (await masters.newestVersions())[name] ?? 0;
      await this.#trail.record(context, {
        action: isDry ? 'master.preview' : 'master.import',
        outcome: isDry || read.faults.length === 0 ? 'success' : 'failure',
        ...(isDry ? {} : { reason: 'request-invalid' }),
        target,
        count: read.rows.length,
        details: { ...told, errors: read.faults.length },
      });
      return answerOf(read, { plan, version, language: context.language });
    }
    const version: NewVersion = { kind: 'import', details: told, by: context.actor.name, at: now };
    let made: ImportPlan | null = null;
    const changed = await masters.change(name, version, {
      plan: (current) => Promise.resolve((made = planOf(current))),
      before: (plan, versions) =>
        this.#trail.record(context, {
          action: 'master.import',
          outcome: 'success',
          target,
          count: read.rows.length,
          details: told,
          before: { version: versions.before },
          after: { version: versions.after, ...countsOf(plan) },
        }),
    });
    return answerOf(read, { plan: made, version: changed?.version ?? 0, language: context.language });
  }
}

function countsOf(plan: ImportPlan): Record<'added' | 'changed' | 'ended' | 'unchanged', number> {
  return {
    added: plan.added.length,
    changed: plan.changed.length,
    ended: plan.ended.length + plan.withdrawn.length,
    unchanged: plan.unchanged,
  };
}

function answerOf(
  read: ReadImport,
  { plan, version, language }: { plan: ImportPlan | null; version: number; language: 'ja' | 'en' },
): MasterImportAnswer {
  const counts = plan === null ? { added: 0, changed: 0, ended: 0, unchanged: 0 } : countsOf(plan);
  return {
    version,
    ...counts,
    errors: read.faults.slice(0, mostErrors).map(({ line, column, fault }) => ({
      line,
      column,
      code: fault,
      reason: faultSentence(fault, language),
    })),
    errorCount: read.faults.length,
    overlaps: plan === null ? [] : plan.overlaps.found.map((overlap) => showOverlap(overlap, plan.lines)),
    hasMoreOverlaps: plan?.overlaps.hasMore ?? false,
    changes: plan === null ? [] : changesOf(plan),
    rows: read.rows.length,
    ignoredColumns: [...read.ignoredColumns],
    guessedYears: [...read.guessedYears],
    maskedRows: read.maskedRows,
    encoding: read.encoding,
  };
}

function changesOf(plan: ImportPlan): MasterImportChange[] {
  const { added, changed, ended, withdrawn } = plan;
  const shown = ([kind, rows]: readonly [MasterImportChange['kind'], readonly MasterRow[]]): MasterImportChange[] =>
    rows.slice(0, mostChanges).map((row) => ({ kind, ...showRow(row), line: plan.lines.get(row.id) ?? null }));
  const all = (
    [
      ['ended', ended],
      ['withdrawn', withdrawn],
      ['changed', changed],
      ['added', added],
    ] as const
  ).flatMap(shown);
  return all.slice(0, mostChanges);
}
