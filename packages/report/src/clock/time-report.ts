import { timeFactQuery } from '@akashi/policy';
import type { ReportDefinition } from '../definitions/report-definition.ts';
import { standardReports } from '../definitions/standard-reports.ts';

/**
 * The clocks of all hosts over a day (PCI DSS 10.6): one row a host, folded from its lines and judged by the limits of its group.
 * Beside the eleven, as its rows are hosts and no events.
 */
export const timeReport: ReportDefinition = {
  id: 'time-synchronization',
  number: null,
  version: 1,
  title: { ja: '時刻同期の状態', en: 'Time synchronisation' },
  purpose: {
    ja: 'ホストごとに、1日の時刻同期の状態、同期先、ずれ、時刻の変更、同期していない時間を、ホストのグループの上限と照らします。日時は、時刻について最後に受信した行のものです。',
    en: 'Of each host over the day: whether its clock was in sync and with which server, how far it was off, steps and times without synchronisation, by the limits of its group. The time is that of the last line on its clock.',
  },
  requirements: ['pci:4.0.1:10.6', 'pci:4.0.1:10.6.1', 'pci:4.0.1:10.6.2', 'pci:4.0.1:10.6.3'],
  duty: 'reference',
  classes: [],
  query: timeFactQuery,
  tag: null,
  listed: '',
  columns: ['time', 'host', 'clockState', 'timeServer', 'clockOffset', 'clockSteps', 'clockLost', 'hostGroup'],
  groupBy: null,
  flags: [{ kind: 'any' }],
  plot: null,
};

/** Whether its rows are hosts. */
export function listsClocks({ id }: Pick<ReportDefinition, 'id'>): boolean {
  return id === timeReport.id;
}

/** All that the product itself reports on: the eleven, and the clocks. */
export const productReports: readonly ReportDefinition[] = [...standardReports, timeReport];
