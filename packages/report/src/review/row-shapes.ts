import { eventShape } from '@akashi/log-event';
import type { ReportRow } from '../row/report-row.ts';

export interface RowShape {
  readonly shape: string;
  readonly events: number;
  /** Of the first row that has it. */
  readonly eventId: string;
}

/** More kinds of lines than a report has by itself; what comes after them is counted as one kind. */
const mostShapes = 500;
const longestShape = 500;
const others = '<*>';

/** Kinds of lines among a run's rows, in bounded memory. */
export class RowShapes {
  readonly #shapes = new Map<string, { events: number; eventId: string }>();

  take(row: ReportRow): void {
    const { eventId, record } = row;
    if (eventId === null || record === null) return;
    const shape = shapeOf(row, record);
    const known = this.#shapes.get(shape);
    if (known !== undefined) known.events += 1;
    else if (this.#shapes.size < mostShapes) this.#shapes.set(shape, { events: 1, eventId });
    else this.#countOther(eventId);
  }

  /** The most frequent first. */
  end(): RowShape[] {
    return [...this.#shapes]
      .map(([shape, counted]) => ({ shape, ...counted }))
      .toSorted((one, other) => other.events - one.events || (one.shape < other.shape ? -1 : 1));
  }

  #countOther(eventId: string): void {
    const counted = this.#shapes.get(others);
    if (counted === undefined) this.#shapes.set(others, { events: 1, eventId });
    else counted.events += 1;
  }
}

function shapeOf(row: ReportRow, record: string): string {
  const fields = {
    'event.action': row.action,
    'user.name': row.user,
    'user.target.name': row.target,
    'host.name': row.host,
    'source.address': row.origin,
    'file.path': row.object,
    'process.command_line': row.command,
  };
  return eventShape({ format: row.logGroup, message: record, fields }).slice(0, longestShape);
}
