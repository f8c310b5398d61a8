import type { CompiledFormat } from './compile-own-format.ts';

/** What a format's reading has cost since it was last asked. */
export interface FormatCost {
  readonly name: string;
  /** Lines that it was to read. */
  readonly lines: number;
  /** Those that were longer than it may read. */
  readonly tooLong: number;
  readonly millis: number;
}

/** Lines after which a format is judged. */
const judgedLines = 1_000;
/** A format that takes this long is judged after fewer lines. */
const judgedMillis = 5_000;
const leastLines = 20;
/** A known format takes some four thousandths of this. */
const mostMillisPerLine = 1;
const mostTooLong = 0.5;

export type FormatVerdict = 'fine' | 'too-slow' | 'too-long' | 'undecided';

/**
 * Whether a format may go on reading. One expression cannot hang the pipeline, since its time grows with the text alone; a
 * costly one would still hold up everybody's lines, and one that most lines are too long for reads nothing.
 */
export function judgeFormat({ lines, tooLong, millis }: Omit<FormatCost, 'name'>): FormatVerdict {
  if (lines < leastLines || (lines < judgedLines && millis < judgedMillis)) return 'undecided';
  if (millis / lines > mostMillisPerLine) return 'too-slow';
  return tooLong / lines > mostTooLong ? 'too-long' : 'fine';
}

/** Adds up what formats cost while they read. */
export class FormatMeter {
  readonly #nowMs: () => number;
  #costs = new Map<string, { lines: number; tooLong: number; millis: number }>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  metered(compiled: CompiledFormat): CompiledFormat {
    const { format, mostChars } = compiled;
    return {
      ...compiled,
      read: (draft, text) => {
        const startedMs = this.#nowMs();
        const isRead = compiled.read(draft, text);
        const cost = this.#costs.get(format.name) ?? { lines: 0, tooLong: 0, millis: 0 };
        cost.lines += 1;
        cost.millis += this.#nowMs() - startedMs;
        if (text.length > mostChars) cost.tooLong += 1;
        this.#costs.set(format.name, cost);
        return isRead;
      },
    };
  }

  /** What was not answered before. */
  take(): FormatCost[] {
    const costs = this.#costs;
    this.#costs = new Map();
    return [...costs].map(([name, cost]) => ({ name, ...cost }));
  }
}
