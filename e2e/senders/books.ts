import type { FoundEvent, LogReader, Selection } from '../reading/log-reader.ts';
import { eventually } from '../reading/eventually.ts';
import { clearCardNumbers, type OfferedLine } from './offered-lines.ts';

/** Lines that one sender has sent, and where they must be found. */
export interface Shipment {
  readonly lines: readonly OfferedLine[];
  readonly selection: Selection;
  /** Where a sender puts an envelope of its own around the line: where the line begins. */
  readonly lineStart?: RegExp;
  /** A sender that writes the time of sending makes a window of what is right. */
  readonly sent?: { readonly from: number; readonly to: number };
}

/** The books of a shipment: all lists are empty when every line was found once, as it was sent, at its time. */
export interface Books {
  readonly found: number;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly wrongTime: readonly string[];
  readonly unmarkedMasking: readonly string[];
  /** Events that show a card number anywhere. */
  readonly clearCardNumbers: readonly string[];
}

/** Reads a shipment back, once the index has as many events as there were lines or `withinMs` have passed. */
export async function settle(reader: LogReader, shipment: Shipment, withinMs = 90_000): Promise<Books> {
  const { lines, selection } = shipment;
  await eventually(
    () => reader.count(selection),
    (count) => count >= lines.length,
    withinMs,
  );
  return compare(shipment, await reader.readAll(selection));
}

function compare({ lines, lineStart, sent }: Shipment, events: readonly FoundEvent[]): Books {
  const outstanding = new Map<string, OfferedLine[]>();
  for (const line of lines) {
    const same = outstanding.get(line.sealed);
    if (same === undefined) outstanding.set(line.sealed, [line]);
    else same.push(line);
  }
  const unexpected: string[] = [];
  const wrongTime: string[] = [];
  const unmarkedMasking: string[] = [];
  for (const event of events) {
    const text = lineStart === undefined ? event.record : event.record.slice(event.record.search(lineStart));
    const line = outstanding.get(text)?.pop();
    if (line === undefined) {
      unexpected.push(event.record);
      continue;
    }
    const time = Date.parse(event['@timestamp']);
    const right = sent === undefined ? time === line.at.getTime() : time >= sent.from && time <= sent.to;
    if (!right) wrongTime.push(`${event['@timestamp']}: ${event.record}`);
    if (line.text !== line.sealed && event.masked.length === 0) unmarkedMasking.push(event.record);
  }
  const clear = new RegExp(clearCardNumbers.join('|'));
  const unmasked = events.filter((event) => clear.test(JSON.stringify(event))).map(({ id }) => id);
  const missing = [...outstanding].flatMap(([text, left]) => left.map(() => text));
  return { found: events.length, missing, unexpected, wrongTime, unmarkedMasking, clearCardNumbers: unmasked };
}
