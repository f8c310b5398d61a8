import { parentPort, workerData } from 'node:worker_threads';
import { eventOfDocument, RuleSet, type RuleInForce, type RuleMatch } from '@akashi/detection';
import type { StoredDocument } from '@akashi/search';
import { answerTasks } from '../archive-search/answer-tasks.ts';
import type { ThreadTask } from '../archive-search/block-thread.ts';
import { readBlock, type BlockQuestion } from '../archive-search/search-block.ts';

export interface TryQuestion extends Omit<BlockQuestion, 'tree' | 'timeField'> {
  readonly rule: RuleInForce;
  readonly timeZone: string;
  /** Whether the documents of what matches are asked for: what an approval covers is not found out here. */
  readonly withDocuments: boolean;
}

/** What a segment held. */
export interface TriedSegment {
  readonly records: number;
  readonly matches: readonly { readonly match: RuleMatch; readonly document?: StoredDocument }[];
}

const { rule, timeZone, withDocuments, ...question } = workerData as TryQuestion;
const rules = new RuleSet([rule], { timeZone });

answerTasks(parentPort, function* ({ block }: ThreadTask): Generator<TriedSegment> {
  for (const documents of readBlock(block, question)) {
    const matches = documents.flatMap((found) =>
      rules
        .match(eventOfDocument(found.id, found.document))
        .map((match) => (withDocuments ? { match, document: found } : { match })),
    );
    yield { records: documents.length, matches };
  }
});
