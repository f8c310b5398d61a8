import { machineOf } from '@akashi/attribution';
import type { NewTimeFact } from '@akashi/database';
import type { BatchOrigin, EventReading } from '@akashi/log-event';
import { mayTellTime, timeFactOf } from '@akashi/policy';

/** What the events of a segment say of their hosts' clocks. */
export class TimeFacts {
  readonly #facts: NewTimeFact[] = [];
  readonly #firstLeaf: number;

  constructor(firstLeaf = 0) {
    this.#firstLeaf = firstLeaf;
  }

  /** For nearly every event a look at its action. */
  take(
    event: EventReading,
    record: { readonly leaf: number; readonly receivedAtUs: number },
    origin: BatchOrigin,
  ): void {
    const { fieldNames, fieldValues, labelKeys, labelValues, logStream } = event;
    const field = (name: string): unknown => fieldValues[fieldNames.indexOf(name)];
    if (!mayTellTime(field('event.action'))) return;
    const said = timeFactOf({ field, label: (name) => labelValues[labelKeys.indexOf(name)] });
    if (said === undefined) return;
    const named = field('host.name');
    const host = typeof named === 'string' && named !== '' ? named : logStream;
    this.#facts.push({
      ...said,
      position: record.leaf - this.#firstLeaf,
      timeMs: Math.floor(event.timestampUs / 1000),
      receivedMs: Math.floor(record.receivedAtUs / 1000),
      machine: machineOf({ host, stream: logStream }),
      host,
      logGroup: origin.logGroup,
      logStream,
      sourceId: origin.source.id,
    });
  }

  /** Of lines of a stream that only say that its host still speaks, the last one is enough. */
  list(): NewTimeFact[] {
    const later = new Set<string>();
    return this.#facts
      .toReversed()
      .filter((fact) => {
        const key = JSON.stringify([fact.machine, fact.logGroup, fact.logStream, fact.sourceId]);
        const isEnough = later.has(key) && fact.kind === 'seen' && fact.offsetSeconds === null;
        later.add(key);
        return !isEnough;
      })
      .toReversed();
  }
}
