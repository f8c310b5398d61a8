import { classTable } from '../../classes/class-table.ts';
import { allRows } from './event-rows.ts';

/** Windows' events (PCI DSS 10.2.1): of the rows of the tables, and a refusal of what the security log audits. */
export const windowsEventClasses = classTable(classesByAction());

function classesByAction(): Record<string, string> {
  const classes: Record<string, string> = {};
  for (const { row, mayFail } of allRows()) {
    const { action, outcome } = row;
    const key = outcome === undefined ? action : `${action} ${outcome}`;
    if (row.classes !== '') classes[key] = row.classes;
    if (!mayFail || outcome === 'success' || /log-control|policy-change/.test(row.classes)) continue;
    const names = new Set([...row.classes.split(' '), 'access-denied'].filter((name) => name !== ''));
    classes[`${action} failure`] = [...names].join(' ');
  }
  return classes;
}
