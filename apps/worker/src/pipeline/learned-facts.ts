import { learnFrom, machineOf, mayTeach } from '@akashi/attribution';
import type { NewFact } from '@akashi/database';
import type { BatchOrigin, EventReading } from '@akashi/log-event';

/** What the events of a segment say of leases and sessions. */
export class LearnedFacts {
  readonly facts: NewFact[] = [];
  readonly #firstLeaf: number;

  constructor(firstLeaf = 0) {
    this.#firstLeaf = firstLeaf;
  }

  /** For nearly every event a look at its action. */
  take(event: EventReading, record: { readonly leaf: number }, origin: BatchOrigin): void {
    if (!mayTeach(event.fieldValues[event.fieldNames.indexOf('event.action')])) return;
    const { logStream, fields } = event;
    const fact = learnFrom({
      eventId: '',
      timeMs: Math.floor(event.timestampUs / 1000),
      logGroup: origin.logGroup,
      logStream,
      sourceId: origin.source.id,
      fields,
    });
    if (fact === undefined) return;
    const { eventId: _, ...said } = fact;
    this.facts.push({
      ...said,
      position: record.leaf - this.#firstLeaf,
      machine: machineOf({ host: fact.host, stream: logStream }),
    });
  }
}
