import { Inject, Injectable } from '@nestjs/common';
import { tableOfRows, type MasterDefinition } from '@akashi/attribution';
import type {
  MasterExportQuery,
  MasterRowHistory,
  MasterRowsAnswer,
  MasterRowsQuery,
  MastersAnswer,
  MasterTableAnswer,
  MasterVersionsAnswer,
  MasterVersionsQuery,
  NewMaster,
} from '@akashi/contracts';
import type { Masters } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { writeCsv } from '../access/write-csv.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { showRow, showTable, showVersion } from './show-master.ts';

const mostOwnMasters = 50;

type Parts = Pick<ApiParts, 'database' | 'clock'>;

/** The organisation's masters, as they are and as they were. */
@Injectable()
export class MastersService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<MastersAnswer> {
    return { items: (await this.#own(context).tables()).map(showTable) };
  }

  async rows(context: RequestContext, name: string, wanted: MasterRowsQuery): Promise<MasterRowsAnswer> {
    await this.#find(context, name);
    const masters = this.#own(context);
    const version = wanted.version ?? (await masters.newestVersions())[name] ?? 0;
    const { at, query, limit, cursor } = wanted;
    const found = await masters.rows(name, {
      // The newest is read as such: it has an index of its own.
      version: wanted.version,
      at: at === undefined ? undefined : new Date(at),
      text: query === undefined || query === '' ? undefined : query.normalize('NFKC'),
      after: cursor === undefined ? undefined : readCursor(cursor),
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? { next: `${last.validFromMs ?? 'open'}.${last.id}` } : {};
    return { version, items: items.map(showRow), ...next };
  }

  async versions(context: RequestContext, name: string, wanted: MasterVersionsQuery): Promise<MasterVersionsAnswer> {
    await this.#find(context, name);
    const { before, limit } = wanted;
    const found = await this.#own(context).versions(name, { before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last !== undefined ? { next: last.number } : {};
    return { items: items.map(showVersion), ...next };
  }

  async history(context: RequestContext, place: { name: string; id: string }): Promise<MasterRowHistory> {
    const shapes = await this.#own(context).shapes(place.name, place.id);
    if (shapes.length === 0) throw new AppError('not-found');
    return {
      items: shapes.map(({ sinceVersion, untilVersion, ...row }) => ({ ...showRow(row), sinceVersion, untilVersion })),
    };
  }

  async export(context: RequestContext, name: string, { at, version }: MasterExportQuery): Promise<string> {
    const definition = await this.#find(context, name);
    const rows = await this.#own(context).rows(name, { version, at: at === undefined ? undefined : new Date(at) });
    const { language, timeZone } = context;
    const table = tableOfRows(definition, rows, { language, timeZone });
    return writeCsv(table.header, table.rows);
  }

  async define(context: RequestContext, wanted: NewMaster): Promise<MasterTableAnswer> {
    const masters = this.#own(context);
    if ((await masters.tables()).length >= mostOwnMasters)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostOwnMasters } });
    const key = wanted.columns.filter(({ isKey }) => isKey).map(({ name }) => name);
    const definition: MasterDefinition = {
      name: wanted.name,
      title: wanted.title,
      columns: wanted.columns.map(({ isKey: _isKey, ...column }) => ({ ...column, headings: [] })),
      key,
      exclusive: key,
      period: { from: null, until: null },
      endsWithNext: false,
    };
    await this.#trail.record(context, {
      action: 'master.define',
      outcome: 'success',
      target: { kind: 'master', id: wanted.name, name: wanted.title[context.language] },
      after: { columns: wanted.columns.map(({ name }) => name).join(', '), key: key.join(', ') },
    });
    const made = { by: context.actor.name, at: this.#parts.clock.now() };
    if (!(await masters.define(definition, made))) throw new AppError('name-taken');
    return showTable({ definition, newest: null });
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

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function readCursor(text: string): { validFromMs: number | null; id: string } {
  const [start = '', id = ''] = text.split('.');
  const validFromMs = start === 'open' ? null : /^-?\d{1,15}$/.test(start) ? Number(start) : Number.NaN;
  if (Number.isNaN(validFromMs) || !uuid.test(id)) throw new AppError('cursor-invalid');
  return { validFromMs, id };
}
