/** Why a Sigma file is refused rather than read as less, or more, than it says. */
export const sigmaProblemCodes = [
  'too-large',
  'yaml-unreadable',
  'several-documents',
  'not-a-rule',
  'correlation',
  'log-source-missing',
  'log-source-unknown',
  'detection-missing',
  'condition-missing',
  'condition-unreadable',
  'condition-name-unknown',
  'aggregation',
  'modifier-unknown',
  'modifiers-contradict',
  'placeholder',
  'value-unreadable',
  'expression-unreadable',
  'network-unreadable',
] as const;

export type SigmaProblemCode = (typeof sigmaProblemCodes)[number];

export interface SigmaProblem {
  readonly code: SigmaProblemCode;
  /** The name, modifier or value that it is about, as the file writes it. */
  readonly about?: string;
}

/** Thrown while a file is read, and given out as a value. */
export class SigmaRefusal extends Error {
  override readonly name = 'SigmaRefusal';
  readonly problem: SigmaProblem;

  constructor(code: SigmaProblemCode, about?: string) {
    super(code);
    this.problem = about === undefined ? { code } : { code, about: about.slice(0, 200) };
  }
}
