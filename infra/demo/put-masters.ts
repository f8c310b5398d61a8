import { randomUUID } from 'node:crypto';
import { planImport, readRow, readTable, standardMaster, type ImportPlan } from '@akashi/attribution';
import type { TenantDatabase } from '@akashi/database';
import type { MasterTable } from './story/masters.ts';

interface ImportedBy {
  readonly by: string;
  readonly at: Date;
  readonly timeZone: string;
}

/** Imports tables as their owners keep them; a fault in one is a fault of the demonstration. */
export async function putMasters(
  { masters }: Pick<TenantDatabase, 'masters'>,
  tables: readonly MasterTable[],
  { by, at, timeZone }: ImportedBy,
): Promise<void> {
  const reading = { timeZone, nowMs: at.getTime(), year: null, keep: (text: string) => text };
  for (const { name, csv } of tables) {
    const definition = standardMaster(name);
    if (definition === undefined) throw new Error(`there is no master ${name}`);
    const { records, columns } = readTable(csv, definition);
    const imported = records.map(({ line, cells }) => {
      const result = readRow(definition, cells, reading);
      if ('faults' in result) throw new Error(`${name}, line ${line}: ${JSON.stringify(result.faults)}`);
      return { ...result.row, line };
    });
    const saysEnds = columns.some((column) => column.name === definition.period.until);
    const options = { nowMs: at.getTime(), isWhole: false, isCorrection: false, saysEnds, newId: () => randomUUID() };
    await masters.change<ImportPlan>(
      name,
      { kind: 'import', details: { lines: imported.length }, by, at },
      {
        plan: (current) => Promise.resolve(planImport(definition, { current, imported }, options)),
        before: () => Promise.resolve(),
      },
    );
  }
}
