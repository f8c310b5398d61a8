export const ruleLimits = {
  titleChars: 200,
  descriptionChars: 4_000,
  references: 50,
  requirements: 50,
  keyFields: 5,
  /** Of one value in a key; longer values of the same beginning are one key. UTF-16 units. */
  keyValueChars: 256,
  steps: 10,
  count: 1_000,
  sigmaChars: 512 * 1024,
  windowSeconds: 31 * 86_400,
  learningDays: 90,
  /** Keys of one rule that are remembered; the least lately touched go first, of equal ones the first by their text. */
  keysPerRule: 10_000,
  /** The same of a `first-seen` rule, whose keys are what it has seen. */
  seenPerRule: 100_000,
  /** Events that an alert names; it counts all. */
  eventsPerAlert: 20,
  /** Log groups and streams that an alert names. */
  placesPerAlert: 50,
  /** Hits of one key and step that wait for others; the oldest go first, and the state counts them. */
  hitsPerKey: 2_000,
  /** Alerts of one key that late input may still join. */
  episodesPerKey: 4,
  /** How long a hit waits for others beyond the rule's window, by the `created` time of blocks: a node may be away. */
  lateSeconds: 86_400,
} as const;
