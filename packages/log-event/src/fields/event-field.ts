export const eventFieldTypes = ['keyword', 'ip', 'long', 'double', 'boolean', 'date', 'text'] as const;

export type EventFieldType = (typeof eventFieldTypes)[number];

export interface EventField {
  type: EventFieldType;
  /** Short names that a query may use instead; unique over the whole catalogue. */
  aliases?: readonly string[];
  label: { ja: string; en: string };
}

/** Compact rows of the catalogue: name → [type, English label, Japanese label, aliases…]. */
export type FieldRows = Record<string, readonly [EventFieldType, string, string, ...string[]]>;
