/** What a verification found. Problems break the proof; warnings are for a person to judge. */
export type ProblemCode =
  | 'block-body-altered'
  | 'block-header-altered'
  | 'block-length-altered'
  | 'block-missing'
  | 'checkpoint-altered'
  | 'checkpoint-missing'
  | 'checkpoint-not-current'
  | 'checkpoint-other-key'
  | 'checkpoint-other-log'
  | 'checkpoint-retired-key'
  | 'checkpoint-root-mismatch'
  | 'data-key-missing'
  | 'disposal-false'
  | 'disposed-early'
  | 'entries-altered'
  | 'entries-missing'
  | 'header-malformed'
  | 'header-misplaced'
  | 'history-rewritten'
  | 'key-change-false'
  | 'key-change-unsigned'
  | 'keys-destroyed-early'
  | 'keys-destroyed-false'
  | 'log-truncated'
  | 'not-sealed'
  | 'record-altered'
  | 'records-mismatch'
  | 'report-altered'
  | 'report-line-altered'
  | 'report-missing'
  | 'review-approved-by-reviewer'
  | 'review-document-altered'
  | 'review-record-missing'
  | 'review-report-differs'
  | 'review-signature-invalid'
  | 'review-signature-moved'
  | 'review-unsigned'
  | 'replacement-altered'
  | 'signing-credential-invalid'
  | 'slot-proof-false'
  | 'tile-altered'
  | 'tile-missing'
  | 'time-backwards'
  | 'timestamp-altered'
  | 'timestamp-beyond-log'
  | 'timestamp-mismatch'
  | 'timestamp-not-in-log'
  | 'tombstone-false'
  | 'unexpected-object'
  | 'unreadable'
  | 'verifier-key-differs'
  | 'witnessed-beyond-log'
  | 'witnessed-rewritten';

export type WarningCode =
  | 'format-text-differs'
  | 'grew-meanwhile'
  | 'not-yet-sealed'
  | 'original-left'
  | 'pointer-behind'
  | 'removal-pending'
  | 'replacement-pending'
  | 'report-not-sealed'
  | 'review-day-silent'
  | 'review-days-missing'
  | 'review-not-judged'
  | 'review-self-approved'
  | 'silence'
  | 'statement-unknown'
  | 'timestamp-before-block'
  | 'timestamp-late'
  | 'timestamp-untrusted'
  | 'unknown-file'
  | 'witness-log-unknown'
  | 'witness-quorum-missing';

export interface Problem {
  code: ProblemCode;
  /** Path below the folder that was checked. */
  object: string;
  block?: number;
  /** Position of the record in the block. */
  leaf?: number;
  /** A fact that belongs to the code, such as the number a block was found to hold. */
  fact?: string;
}

export interface Warning {
  code: WarningCode;
  object: string;
  fact?: string;
}

/** These say that something could not be judged; every other problem says that something was changed. */
const undecided: ReadonlySet<ProblemCode> = new Set(['unreadable', 'data-key-missing', 'not-sealed']);

/** Beyond this many the report only counts: a lost disk must not become a lost verifier. */
const keptFindings = 10_000;

type Finding = { problem: Problem } | { warning: Warning };

/** Kept in the order in which the places come that they are about, also when some are found out later than others. */
export class Findings {
  readonly problems: Problem[] = [];
  readonly warnings: Warning[] = [];
  problemCount = 0;
  warningCount = 0;
  #altered = false;
  /** What stands behind a place that is still open: findings, and further places. */
  #waiting: { found: Finding[] | null }[] = [];
  #told = 0;

  problem(problem: Problem): void {
    this.#add({ problem });
  }

  warning(warning: Warning): void {
    this.#add({ warning });
  }

  /** Keeps a place here for problems that are found out later; to be called once with all of them. */
  reserve(): (problems: readonly Problem[]) => void {
    const place: { found: Finding[] | null } = { found: null };
    this.#waiting.push(place);
    return (problems) => {
      place.found = problems.map((problem) => ({ problem }));
      this.#tell();
    };
  }

  #tell(): void {
    for (let next = this.#waiting[this.#told]; next?.found; next = this.#waiting[this.#told]) {
      next.found.forEach((finding) => this.#keep(finding));
      this.#told++;
    }
    // Now and then, so that a long row of places costs no more than its length.
    if (this.#told < this.#waiting.length && this.#told < 1_000) return;
    this.#waiting = this.#waiting.slice(this.#told);
    this.#told = 0;
  }

  #add(finding: Finding): void {
    const last = this.#waiting.at(-1);
    if (last === undefined) this.#keep(finding);
    else if (last.found === null) this.#waiting.push({ found: [finding] });
    else last.found.push(finding);
  }

  #keep(finding: Finding): void {
    if ('warning' in finding) {
      this.warningCount++;
      if (this.warnings.length < keptFindings) this.warnings.push(finding.warning);
      return;
    }
    const { problem } = finding;
    this.problemCount++;
    if (!undecided.has(problem.code)) this.#altered = true;
    if (this.problems.length < keptFindings) this.problems.push(problem);
  }

  /** 0 all proven, 1 something was altered, 2 nothing was found altered but not everything could be judged. */
  get exitCode(): 0 | 1 | 2 {
    if (this.#altered) return 1;
    return this.problemCount === 0 ? 0 : 2;
  }
}
