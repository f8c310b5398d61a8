import { parentPort, workerData } from 'node:worker_threads';
import { actFields } from '@akashi/attribution';
import { eventOfDocument, RuleSet, type RuleInForce, type RuleMatch } from '@akashi/detection';
import { answerTasks } from '../archive-search/answer-tasks.ts';
import type { ThreadTask } from '../archive-search/block-thread.ts';
import { readBlock, type BlockQuestion } from '../archive-search/search-block.ts';

export interface TryQuestion extends Omit<BlockQuestion, 'tree' | 'timeField'> {
  readonly rule: RuleInForce;
  readonly timeZone: string;
}

/** What a segment held. */
export interface TriedSegment {
  readonly records: number;
  readonly matches: readonly RuleMatch[];
}

const { rule, timeZone, ...question } = workerData as TryQuestion;
const rules = new RuleSet([rule], { timeZone }, { actFields });

answerTasks(parentPort, function* ({ block }: ThreadTask): Generator<TriedSegment> {
  for (const documents of readBlock(block, question)) {
    const matches = documents.flatMap(({ id, document }) => rules.match(eventOfDocument(id, document)));
    yield { records: documents.length, matches };
  }
});
