import { fieldText, type EventRecord } from '../api-client/event.ts';
import type { TrailStep } from '../api-client/people.ts';

/** One line of a trail in words: when, who, where and on what, what happened, and why it is theirs. */
export interface TrailRow {
  readonly when: string;
  readonly person: string;
  readonly account: string;
  readonly where: string;
  readonly onWhat: string;
  readonly action: string;
  readonly outcome: string;
  readonly because: readonly string[];
}

const objects = [
  'entry.door',
  'user.target.name',
  'user.effective.name',
  'file.path',
  'process.command_line',
  'url.original',
  'url.path',
  'destination.ip',
  'service.name',
];

export function trailRow({ event, because }: TrailStep): TrailRow {
  return {
    when: event['@timestamp'],
    person: event.person?.name ?? '',
    account: firstOf(event, ['user.name', 'user.id', 'user.email', 'source.ip', 'source.mac']),
    where: firstOf(event, ['host.name', 'host.ip']) || event.logStream,
    onWhat: [...new Set(objects.map((field) => fieldText(event, field)))].filter((text) => text !== '').join(' · '),
    action: fieldText(event, 'event.action') || event.message,
    outcome: fieldText(event, 'event.outcome'),
    // A lease may stand in a table and in the logs: it is one reason.
    because: [...new Set(because.map(({ text }) => text))],
  };
}

function firstOf(event: EventRecord, fields: readonly string[]): string {
  return fields.map((field) => fieldText(event, field)).find((text) => text !== '') ?? '';
}

/** Whether a line has all of the words, whatever their width and case. */
export function hasWords({ event, because }: TrailStep, words: string): boolean {
  const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
  const row = trailRow({ event, because });
  const text = fold([...Object.values(row).flat(), event.message, event.logGroup].join(' '));
  return fold(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}
