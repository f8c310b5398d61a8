/**
 * Two lines to the same work. A segment of an organisation that has little waiting takes the express lane, whose jobs run
 * beside the ordinary ones: however long those of a flood take, it need not wait for one of them to end.
 */
export const lanes = ['express', 'ordinary'] as const;

export type Lane = (typeof lanes)[number];

/** Less than a tenth of a segment's usual size: work of a tenth of a second. */
const expressBytes = 768 * 1024;

/** The lane of a segment by what its organisation has waiting, the segment itself included. */
export function laneOf(waitingBytes: number): Lane {
  return waitingBytes <= expressBytes ? 'express' : 'ordinary';
}
