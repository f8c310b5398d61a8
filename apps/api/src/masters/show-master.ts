import { standardMaster, type MasterRow, type Overlap, type Validity } from '@akashi/attribution';
import type { MasterOverlap, MasterRowAnswer, MasterTableAnswer, MasterVersionAnswer } from '@akashi/contracts';
import type { MasterTable, MasterVersion } from '@akashi/database';

export function showTable({ definition, newest }: MasterTable): MasterTableAnswer {
  const { name, title, columns, key, period } = definition;
  return {
    name,
    title: { ...title },
    isOwn: standardMaster(name) === undefined,
    columns: columns.map((column) => ({
      name: column.name,
      title: { ...column.title },
      type: column.type,
      isRequired: column.isRequired,
    })),
    key: [...key],
    period: { ...period },
    version: newest?.number ?? 0,
    rows: newest?.rows ?? 0,
    newest: newest === null ? null : showVersion(newest),
  };
}

export function showVersion(version: MasterVersion): MasterVersionAnswer {
  const { number, kind, by, at, added, changed, ended, withdrawn, unchanged, rows, details } = version;
  return {
    number,
    kind,
    by,
    at: at.toISOString(),
    added,
    changed,
    ended: ended + withdrawn,
    unchanged,
    rows,
    details: { ...details },
  };
}

export function showRow({ id, values, ...validity }: MasterRow): MasterRowAnswer {
  return { id, values: { ...values }, ...showValidity(validity) };
}

function showValidity({ validFromMs, validUntilMs }: Validity): {
  validFrom: string | null;
  validUntil: string | null;
} {
  return { validFrom: momentText(validFromMs), validUntil: momentText(validUntilMs) };
}

export function showOverlap({ rows, ...validity }: Overlap, lines: ReadonlyMap<string, number>): MasterOverlap {
  const { validFrom, validUntil } = showValidity(validity);
  return {
    from: validFrom,
    until: validUntil,
    rows: rows.map((row) => ({ ...showRow(row), line: lines.get(row.id) ?? null })),
  };
}

function momentText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
