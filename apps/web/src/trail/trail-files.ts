import type { TrailStep } from '../api-client/people.ts';
import { trailRow } from './trail-rows.ts';

const columns = ['when', 'person', 'account', 'where', 'onWhat', 'action', 'outcome', 'because'] as const;

/** RFC 4180, with the mark by which spreadsheets know UTF-8. */
export function trailTable(
  steps: readonly TrailStep[],
  titles: Readonly<Record<(typeof columns)[number], string>>,
): string {
  const lines = steps.map((step) => {
    const row = trailRow(step);
    return [...columns.map((column) => [row[column]].flat().join(' / ')), step.event.logGroup, step.event.id];
  });
  const head = [...columns.map((column) => titles[column]), 'logGroup', 'eventId'];
  return `\ufeff${[head, ...lines].map((cells) => cells.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** What a spreadsheet would take for a formula is text. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** One event a line, as the API gives it, with why it is the person's. */
export function trailLines(steps: readonly TrailStep[]): string {
  return steps.map((step) => `${JSON.stringify(step)}\n`).join('');
}
