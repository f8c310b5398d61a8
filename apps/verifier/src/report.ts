/** The outcome for people and for programs. */
import { formatTime } from '@akashi/integrity';
import type { Verification } from '@akashi/verify';
import { sinceLine, timeStampLine, witnessLine } from './outside-words.ts';
import { describeProblem, describeWarning, type Language } from './messages.ts';

const shownFindings = 100;

/** What was given of proofs from outside. */
export interface Asked {
  readonly since: { readonly file: string; readonly size: number } | null;
  readonly timeStamps: boolean;
}

const nothingAsked: Asked = { since: null, timeStamps: false };

/** One JSON document on one line. */
export function formatJson(verification: Verification, language: Language, asked: Asked = nothingAsked): string {
  const { findings, head } = verification;
  const report = {
    ok: findings.exitCode === 0,
    tenant: verification.tenantId,
    size: head?.size ?? 0,
    root: head === null ? null : Buffer.from(head.root).toString('base64'),
    checkpoint: head?.note ?? null,
    blocks: verification.blocks,
    records: verification.records,
    statements: verification.statements,
    pruned: verification.disposed,
    ...(verification.destroyed.entry === null ? {} : { keysDestroyed: verification.destroyed }),
    removed: verification.tombstones,
    recordsOpened: verification.recordsOpened,
    ...(verification.sealed === null ? {} : { sealed: verification.sealed }),
    ...(verification.reviews === null
      ? {}
      : { reviews: verification.reviews.reviews, reportFiles: verification.reviews.reportFiles }),
    ...(verification.keyChanges.length === 0
      ? {}
      : {
          keyChanges: verification.keyChanges.map(({ entry, createdUs, old, new: next }) => ({
            entry,
            created: formatTime(createdUs),
            old,
            new: next,
          })),
        }),
    ...(asked.since === null ? {} : { since: { ...asked.since, outcome: verification.since } }),
    ...(verification.timeStamps === null ? {} : { timeStamps: verification.timeStamps }),
    ...(verification.witnesses === null ? {} : { witnesses: verification.witnesses }),
    problemCount: findings.problemCount,
    problems: findings.problems.map((problem) => ({
      code: problem.code,
      object: problem.object,
      ...(problem.block === undefined ? {} : { block: problem.block }),
      ...(problem.leaf === undefined ? {} : { leaf: problem.leaf }),
      detail: describeProblem(problem, language),
    })),
    warnings: findings.warnings.map((warning) => ({
      code: warning.code,
      object: warning.object,
      detail: describeWarning(warning, language),
    })),
  };
  return `${JSON.stringify(report)}\n`;
}

/** Plain sentences: the outcome first, then what was found, each with the object it is about. */
export function formatText(verification: Verification, language: Language, asked: Asked = nothingAsked): string {
  const { findings } = verification;
  const outside = [
    keyChangeLine(verification, language),
    sinceLine(verification, asked.since, language),
    timeStampLine(verification, asked.timeStamps, language),
    witnessLine(verification, language),
  ].filter((line) => line !== null);
  const lines = [
    headline(verification, language),
    ...disposalLines(verification, language),
    ...destroyedKeyLines(verification, language),
    ...tombstoneLines(verification, language),
    ...reviewLines(verification, language),
    ...outside,
  ];
  for (const problem of findings.problems.slice(0, shownFindings)) {
    lines.push(`  ${problem.object}`, `    ${describeProblem(problem, language)}`);
  }
  for (const warning of findings.warnings.slice(0, shownFindings)) {
    const lead = language === 'ja' ? '注意' : 'Note';
    lines.push(`  ${warning.object}`, `    ${lead}: ${describeWarning(warning, language)}`);
  }
  const hidden =
    Math.max(0, findings.problemCount - shownFindings) + Math.max(0, findings.warningCount - shownFindings);
  if (hidden > 0) {
    lines.push(
      language === 'ja' ? `  ほか ${hidden} 件 (--json で表示)。` : `  And ${hidden} more (see them with --json).`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function headline(verification: Verification, language: Language): string {
  const { findings, blocks, records, tenantId, head, recordsOpened } = verification;
  const count = (value: number): string => value.toLocaleString('en-US');
  const total = count(head?.size ?? 0);
  if (findings.exitCode === 0) {
    if (language === 'ja') {
      const depth = recordsOpened ? '記録を 1 件ずつ検証しました' : '記録の内容はデータ鍵がないため開いていません';
      return `証明済み: テナント ${tenantId} の全 ${count(blocks)} ブロック、${count(records)} 件の記録に変更はありません。${depth}。`;
    }
    const depth = recordsOpened
      ? 'Every record was opened and checked.'
      : 'Records were not opened, as no data key was given.';
    return `PROVEN: all ${count(blocks)} blocks with ${count(records)} records of tenant ${tenantId} are as they were sealed. ${depth}`;
  }
  if (findings.exitCode === 1) {
    return language === 'ja'
      ? `変更を検出: テナント ${tenantId} の証跡が変更されています。${total} ブロック中 ${count(blocks)} を証明、問題 ${count(findings.problemCount)} 件。`
      : `ALTERED: the evidence of tenant ${tenantId} was changed. ${count(blocks)} of ${total} blocks are proven; ${count(findings.problemCount)} ${findings.problemCount === 1 ? 'problem' : 'problems'}:`;
  }
  return language === 'ja'
    ? `判定不能: テナント ${tenantId} の証跡をすべては読み取れませんでした。${total} ブロック中 ${count(blocks)} を証明。`
    : `UNDECIDED: not all evidence of tenant ${tenantId} could be read. ${count(blocks)} of ${total} blocks are proven.`;
}

/** What is not there any more, and why that is in order. */
function disposalLines({ disposed }: Verification, language: Language): string[] {
  const { blocks, records, statements } = disposed;
  if (blocks === 0) return [];
  const count = (value: number): string => value.toLocaleString('en-US');
  return [
    language === 'ja'
      ? `  保存期間を過ぎて廃棄済み: ${count(blocks)} ブロック、${count(records)} 件の記録。ポリシーによる廃棄であることを、ログにある ${count(statements)} 件の署名付きの廃棄の記録で確認しました。`
      : `  Pruned by policy: ${count(blocks)} blocks with ${count(records)} records are gone because their retention was over, as ${count(statements)} signed ${statements === 1 ? 'disposal in the log says' : 'disposals in the log say'}.`,
  ];
}

/** That nobody can open the records any more, and why that is in order. */
function destroyedKeyLines({ destroyed }: Verification, language: Language): string[] {
  const { entry, keys, blocks, records } = destroyed;
  if (entry === null) return [];
  const count = (value: number): string => value.toLocaleString('en-US');
  const left =
    language === 'ja'
      ? `残っている ${count(blocks)} ブロック、${count(records)} 件の記録は封印時のままですが、内容は誰にも読めません。`
      : `${count(blocks)} blocks with ${count(records)} records that are still there are as they were sealed, and nobody can read them.`;
  return [
    language === 'ja'
      ? `  鍵は破棄済み: 組織の閉鎖後、最後の保存期間が過ぎたため、${count(keys)} 個の鍵が破棄されました (署名付きの登録 ${entry})。ログはここで終わります。${blocks === 0 ? '' : left}`
      : `  Keys destroyed: the organisation is closed and its last retention was over, so ${count(keys)} keys were destroyed, as the signed entry ${entry} says. The log ends there.${blocks === 0 ? '' : ` ${left}`}`,
  ];
}

/** Which single records are not there any more, and why that is in order. */
function tombstoneLines({ tombstones }: Verification, language: Language): string[] {
  const { blocks, records, statements, originalsLeft } = tombstones;
  if (records === 0) return [];
  const count = (value: number): string => value.toLocaleString('en-US');
  const told =
    language === 'ja'
      ? `  説明済みの欠落: ${count(records)} 件の記録がトゥームストーンにより削除されています (${count(blocks)} ブロック、ログにある署名付きの記録 ${count(statements)} 件)。残りの記録はすべて証明できます。`
      : `  Explained: ${count(records)} ${records === 1 ? 'record' : 'records'} removed by tombstone (${count(blocks)} ${blocks === 1 ? 'block' : 'blocks'}, ${count(statements)} signed ${statements === 1 ? 'statement' : 'statements'} in the log). Every other record of these blocks is proven.`;
  if (originalsLeft === 0) return [told];
  const left =
    language === 'ja'
      ? `  そのうち ${count(originalsLeft)} ブロックは、削除した記録を含む元のオブジェクトがまだ残っています。`
      : `  Of ${count(originalsLeft)} of these blocks an earlier object, which holds removed records, is still there.`;
  return [told, left];
}

/** How many reviews, signatures and files of reports were checked, and how each review is signed. */
function reviewLines({ reviews: found }: Verification, language: Language): string[] {
  if (found === null || (found.reviews.length === 0 && found.reportFiles === 0)) return [];
  const { reviews, signatures, reportFiles } = found;
  const told =
    language === 'ja'
      ? `  ログレビュー記録 ${reviews.length} 件、署名 ${signatures} 件、レポートのファイル ${reportFiles} 件を検証しました。`
      : `  ${reviews.length} log review records, ${signatures} signatures and ${reportFiles} report files were checked.`;
  return [told];
}

/** That the log changed its key, and what that means for the key that was given; null when it never did. */
function keyChangeLine({ keyChanges, findings }: Verification, language: Language): string | null {
  const newest = keyChanges.at(-1);
  if (newest === undefined || findings.exitCode !== 0) return null;
  const times = keyChanges.length;
  const [entry, at] = [newest.entry, formatTime(newest.createdUs).slice(0, 10)];
  return language === 'ja'
    ? `  署名鍵は ${times} 回更新されています (最新は登録 ${entry}、${at})。どの更新も更新前の鍵で署名されており、指定された鍵からたどれます。現在の鍵: ${newest.new}`
    : `  The signing key was changed ${times === 1 ? 'once' : `${times} times`} (last in entry ${entry}, ${at}). Each change is signed by the key before it and leads to or from the key that you gave. The key now: ${newest.new}`;
}
