/** The drill's own books: which line was acknowledged, kept apart from everything the product keeps. */
export class LineLedger {
  readonly run: string;
  readonly #acknowledged = new Set<number>();
  #next = 0;

  constructor(run: string) {
    this.run = run;
  }

  /** New lines with their numbers; every tenth carries a card number that must not arrive. */
  makeLines(count: number): { first: number; lines: string[] } {
    const first = this.#next;
    const lines = Array.from({ length: count }, (_, index) => lineText(this.run, first + index));
    this.#next += count;
    return { first, lines };
  }

  acknowledge(first: number, count: number): void {
    for (let sequence = first; sequence < first + count; sequence += 1) this.#acknowledged.add(sequence);
  }

  get acknowledged(): ReadonlySet<number> {
    return this.#acknowledged;
  }

  get offered(): number {
    return this.#next;
  }
}

/** Digits that complete a 16-digit number by Luhn's rule. */
function withCheckDigit(fifteen: string): string {
  let sum = 0;
  for (let index = 0; index < 15; index += 1) {
    const digit = Number(fifteen[14 - index]);
    const doubled = digit * 2;
    sum += index % 2 === 0 ? (doubled > 9 ? doubled - 9 : doubled) : digit;
  }
  return fifteen + String((10 - (sum % 10)) % 10);
}

/** The card number that line `sequence` of a run carries. */
export function cardNumberOf(sequence: number): string {
  return withCheckDigit(`453201${String(100_000_000 + sequence * 7919).slice(-9)}`);
}

function lineText(run: string, sequence: number): string {
  const card = sequence % 10 === 0 ? ` card ${cardNumberOf(sequence)} charged` : '';
  return `drill=${run} seq=${sequence} user=yamada action=注文${card} end`;
}

/** The number in a line that `makeLines` made, whatever was masked around it. */
export function sequenceOf(run: string, text: string): number | undefined {
  const match = /drill=(\S+) seq=(\d+) /.exec(text);
  return match?.[1] === run ? Number(match[2]) : undefined;
}
