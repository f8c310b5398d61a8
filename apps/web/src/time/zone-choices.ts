/** Whose clock a page shows: the organisation's, the reader's own, or UTC. */
export const zoneChoices = ['tenant', 'mine', 'utc'] as const;
export type ZoneChoice = (typeof zoneChoices)[number];
