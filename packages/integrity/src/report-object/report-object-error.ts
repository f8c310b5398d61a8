/**
 * `not-a-report-object`: the first bytes are not a prefix. `other-object`: it is the object of another organisation, run or
 * file. `cut`: it ends before it should, or goes on behind it. `not-authentic`: a frame was altered, moved or is another
 * object's, or the key is not its own. `bad-table`: the table contradicts the object. `other-content`: the frames hold other
 * bytes than the table says.
 */
export type ReportObjectCode =
  'not-a-report-object' | 'other-object' | 'cut' | 'not-authentic' | 'bad-table' | 'other-content';

/** What is wrong with an object, and where. Holds nothing of its content. */
export class ReportObjectError extends Error {
  override readonly name = 'ReportObjectError';
  readonly code: ReportObjectCode;
  /** The number of the frame; null where it is not one frame's. */
  readonly frame: number | null;

  constructor(code: ReportObjectCode, options: ErrorOptions & { readonly frame?: number } = {}) {
    super(`report object: ${code}${options.frame === undefined ? '' : ` in frame ${options.frame}`}`, options);
    this.code = code;
    this.frame = options.frame ?? null;
  }
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;

export function isReportName(value: unknown): value is string {
  return typeof value === 'string' && namePattern.test(value);
}
