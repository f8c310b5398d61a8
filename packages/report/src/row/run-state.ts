/** The course of a run; the last three are its ends. */
export const runStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export type RunState = (typeof runStates)[number];
