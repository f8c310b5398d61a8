/** What one drill gave, as `npm run drill` prints it. */
export interface DrillResult {
  readonly drill: string;
  readonly result: 'pass' | 'fail' | 'skip';
  /** Acknowledged lines that search does not find. */
  readonly lost?: number;
  /** Lines that search finds more than once. */
  readonly duplicated?: number;
  /** Card numbers that the independent scan found in any store. */
  readonly cardNumbers?: number;
  readonly detail?: string;
  readonly [figure: string]: unknown;
}

export interface DrillCase {
  readonly name: string;
  readonly about: string;
  readonly run: () => Promise<DrillResult>;
}
