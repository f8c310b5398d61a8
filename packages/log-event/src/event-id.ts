/** Where an event was accepted: its landing segment, and its 0-based place among the segment's records. */
export interface EventPlace {
  /** UUIDv7, lower case. */
  readonly segmentId: string;
  readonly position: number;
}

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const eventIdForm = /^([A-Za-z0-9_-]{22})\.(0|[1-9]\d{0,9})$/;

/**
 * The id of an event: the segment's 16 bytes as base64url, a full stop, the position. It stands from the moment the event is
 * first visible. Throws a RangeError for a segment id that is no lower-case UUID.
 */
export function eventIdOf({ segmentId, position }: EventPlace): string {
  return `${shortUuid(segmentId)}.${position}`;
}

/** The place that an id names; undefined for any text that `eventIdOf` does not give. */
export function parseEventId(id: string): EventPlace | undefined {
  const [, short, position] = eventIdForm.exec(id) ?? [];
  if (short === undefined || position === undefined) return undefined;
  const hex = Buffer.from(short, 'base64url').toString('hex');
  const segmentId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  // The last character holds four bits that no UUID has.
  return shortUuid(segmentId) === short ? { segmentId, position: Number(position) } : undefined;
}

/** A UUID in 22 characters of base64url. */
export function shortUuid(uuid: string): string {
  if (!uuidForm.test(uuid)) throw new RangeError('not a lower-case UUID');
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}
