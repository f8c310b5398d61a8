/** A line as it was planted; what it says is its word alone. Times are seconds since the beginning. */
export interface PlantedLine {
  readonly stream: string;
  readonly word: string;
  readonly receivedS: number;
}

/** A block as the log has it. */
export interface PlantedBlock {
  readonly createdS: number;
  readonly lines: readonly PlantedLine[];
}

/** What each of the planted rules is to find, worked out from the lines by counting: it shares no code with what is tested. */
export interface Expected {
  /** Events by stream. */
  readonly hits: ReadonlyMap<string, number>;
  readonly thresholds: ReadonlySet<string>;
  readonly sequences: ReadonlySet<string>;
  /** `stream second`. */
  readonly absences: ReadonlySet<string>;
}

export const planted = { count: 3, windowS: 400, withinS: 600, answerS: 240 } as const;

export function expectedOf(blocks: readonly PlantedBlock[]): Expected {
  const lines = blocks.flatMap((block) => block.lines);
  const streams = [...new Set(lines.map(({ stream }) => stream))];
  const times = (stream: string, word: string, among = lines): number[] =>
    among.filter((line) => line.stream === stream && line.word === word).map(({ receivedS }) => receivedS);
  const hits = new Map<string, number>();
  for (const stream of streams) {
    const count = times(stream, 'alfa').length;
    if (count > 0) hits.set(stream, count);
  }
  const thresholds = streams.filter((stream) =>
    times(stream, 'bravo').some(
      (from, _, all) => all.filter((at) => at >= from && at <= from + planted.windowS).length >= planted.count,
    ),
  );
  const sequences = streams.filter((stream) =>
    times(stream, 'charlie').some((first) =>
      times(stream, 'delta').some((second) => second > first && second <= first + planted.withinS),
    ),
  );
  return { hits, thresholds: new Set(thresholds), sequences: new Set(sequences), absences: absencesOf(blocks) };
}

/** A question without an answer by the first block that was made after its time; what comes into the log later undoes nothing. */
function absencesOf(blocks: readonly PlantedBlock[]): Set<string> {
  const found = new Set<string>();
  const settled = new Set<string>();
  blocks.forEach(({ createdS }, index) => {
    const known = blocks.slice(0, index + 1).flatMap((block) => block.lines);
    for (const { stream, word, receivedS } of known) {
      const due = receivedS + planted.answerS;
      const name = `${stream} ${due}`;
      if (word !== 'echo' || settled.has(name)) continue;
      const isAnswered = known.some(
        (line) =>
          line.stream === stream && line.word === 'foxtrot' && line.receivedS >= receivedS && line.receivedS <= due,
      );
      if (!isAnswered && createdS <= due) continue;
      settled.add(name);
      if (!isAnswered) found.add(name);
    }
  });
  return found;
}

/** Numbers that look random and are the same each time. */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
