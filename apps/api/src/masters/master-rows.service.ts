import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  findOverlaps,
  isValidAt,
  readRow,
  sameValues,
  valuesOfRow,
  type MasterDefinition,
  type MasterRow,
  type Overlaps,
} from '@akashi/attribution';
import type { MasterRowChanged, MasterRowEnding, MasterRowValues } from '@akashi/contracts';
import type { MasterChange, Masters, NewVersion } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import { maskedText } from '../kept-text/keep-texts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { faultSentence } from './fault-sentences.ts';
import { showOverlap, showRow } from './show-master.ts';

type Parts = Pick<ApiParts, 'database' | 'clock'>;

export interface RowPlace {
  readonly name: string;
  readonly id: string;
}

interface RowChange extends MasterChange {
  readonly former: MasterRow | null;
  readonly row: MasterRow | null;
  readonly overlaps: Overlaps;
}

const nothing: MasterChange = { added: [], changed: [], ended: [], withdrawn: [], unchanged: 0 };

/** Single rows of masters: each change is a version of the table. */
@Injectable()
export class MasterRowsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async add(context: RequestContext, name: string, wanted: MasterRowValues): Promise<MasterRowChanged> {
    const definition = await this.#find(context, name);
    const row = this.#read(context, definition, { wanted, former: null });
    return this.#change(context, { definition, kind: 'row-add' }, (current) => ({
      ...nothing,
      added: [row],
      former: null,
      row,
      overlaps: findOverlaps(definition, [...current, row], new Set([row.id])),
    }));
  }

  /** The row says this from the new version on, for the whole time for which it holds. */
  async put(context: RequestContext, { name, id }: RowPlace, wanted: MasterRowValues): Promise<MasterRowChanged> {
    const definition = await this.#find(context, name);
    return this.#change(context, { definition, kind: 'row-change' }, (current) => {
      const former = current.find((row) => row.id === id);
      if (former === undefined) throw new AppError('not-found');
      const row = this.#read(context, definition, { wanted, former });
      const rows = current.map((each) => (each.id === id ? row : each));
      const isSame =
        sameValues(definition, former, row) &&
        former.validFromMs === row.validFromMs &&
        former.validUntilMs === row.validUntilMs;
      const overlaps = findOverlaps(definition, rows, new Set([id]));
      return { ...nothing, changed: isSame ? [] : [row], former, row, overlaps };
    });
  }

  async end(context: RequestContext, { name, id }: RowPlace, { at }: MasterRowEnding): Promise<MasterRowChanged> {
    const definition = await this.#find(context, name);
    const atMs = at === undefined ? this.#parts.clock.now().getTime() : Date.parse(at);
    return this.#change(context, { definition, kind: 'row-end' }, (current) => {
      const former = current.find((row) => row.id === id);
      if (former === undefined) throw new AppError('not-found');
      const overlaps = { found: [], hasMore: false };
      if (former.validFromMs !== null && atMs <= former.validFromMs)
        return { ...nothing, withdrawn: [former], former, row: null, overlaps };
      if (!isValidAt(former, atMs)) return { ...nothing, former, row: former, overlaps };
      const period = { validFromMs: former.validFromMs, validUntilMs: atMs };
      const row = { ...former, ...period, values: valuesOfRow(definition, former.values, period) };
      return { ...nothing, ended: [row], former, row, overlaps };
    });
  }

  #read(
    context: RequestContext,
    definition: MasterDefinition,
    { wanted, former }: { wanted: MasterRowValues; former: MasterRow | null },
  ): MasterRow {
    const unknown = Object.keys(wanted.values).find(
      (name) => !definition.columns.some((column) => column.name === name),
    );
    if (unknown !== undefined)
      throw new AppError('request-invalid', { detail: `${unknown}: no such column`, params: { column: unknown } });
    // What is not said of the validity stays as it is; the columns of a table's own period always say theirs.
    const kept = (own: string | null, ms: number | null | undefined): string =>
      own !== null || ms === null || ms === undefined ? '' : new Date(ms).toISOString();
    const { from, until } = definition.period;
    const { validFrom = kept(from, former?.validFromMs), validUntil = kept(until, former?.validUntilMs) } = wanted;
    const result = readRow(
      definition,
      { ...wanted.values, validFrom: validFrom ?? '', validUntil: validUntil ?? '' },
      { timeZone: context.timeZone, nowMs: this.#parts.clock.now().getTime(), year: null, keep: maskedText },
    );
    if ('row' in result) {
      const { validFromMs, validUntilMs, values } = result.row;
      const period = { validFromMs, validUntilMs };
      const id = former?.id ?? randomUUID();
      return { id, master: definition.name, ...period, values: valuesOfRow(definition, values, period) };
    }
    const [fault] = result.faults;
    const { column = '', reason = 'required' } = fault ?? {};
    const detail = `${column}: ${faultSentence(reason, context.language)}`;
    throw new AppError('request-invalid', { detail, reason, params: { column } });
  }

  async #change(
    context: RequestContext,
    { definition, kind }: { definition: MasterDefinition; kind: 'row-add' | 'row-change' | 'row-end' },
    plan: (current: readonly MasterRow[]) => RowChange,
  ): Promise<MasterRowChanged> {
    const version: NewVersion = { kind, details: {}, by: context.actor.name, at: this.#parts.clock.now() };
    const steps: { done: RowChange | null } = { done: null };
    const changed = await this.#own(context).change(definition.name, version, {
      plan: (current) => Promise.resolve((steps.done = plan(current))),
      before: ({ former, row }, versions) =>
        this.#trail.record(context, {
          action: `master.${kind}`,
          outcome: 'success',
          target: { kind: 'master', id: definition.name, name: definition.title[context.language] },
          details: { row: (row ?? former)?.id, version: versions.after },
          ...(former === null ? {} : { before: told(former) }),
          ...(row === null ? {} : { after: told(row) }),
        }),
    });
    const { done } = steps;
    if (changed === null || done === null) throw new AppError('not-found');
    return {
      version: changed.version,
      row: done.row === null ? null : showRow(done.row),
      overlaps: done.overlaps.found.map((overlap) => showOverlap(overlap, new Map())),
    };
  }

  async #find(context: RequestContext, name: string): Promise<MasterDefinition> {
    const definition = await this.#own(context).definition(name);
    if (definition === null) throw new AppError('not-found');
    return definition;
  }

  #own(context: RequestContext): Masters {
    return this.#parts.database.forTenant(context.tenantId).masters;
  }
}

function told(row: MasterRow): Record<string, string | null> {
  const { validFrom, validUntil, values } = showRow(row);
  return { ...values, validFrom, validUntil };
}
