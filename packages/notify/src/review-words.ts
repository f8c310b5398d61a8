import type { ReviewNews } from './review-news.ts';

export interface NewsClock {
  readonly day: (day: string) => string;
  readonly time: (moment: Date) => string;
}

/** What each says as a subject, and in a sentence or two that say what to do. */
interface Said {
  readonly subject: string;
  readonly sentence: string;
}

export function sayInJapanese(news: ReviewNews, { day, time }: NewsClock): Said {
  switch (news.kind) {
    case 'report-ready':
      return {
        subject: `レポート「${news.title.ja}」を作成しました`,
        sentence: `依頼されたレポート「${news.title.ja}」を作成しました。`,
      };
    case 'report-failed':
      return {
        subject: `レポート「${news.title.ja}」を作成できませんでした`,
        sentence: `依頼されたレポート「${news.title.ja}」を作成できませんでした。画面で理由を確認し、もう一度作成してください。`,
      };
    case 'begun':
      return {
        subject: `${day(news.day)}の日次レビューが始まりました`,
        sentence: `${day(news.day)}の日次レビューを行ってください。確認項目は ${news.items} 件、期限は ${time(news.dueAt)} です。`,
      };
    case 'hour-before':
      return {
        subject: `${day(news.day)}の日次レビューの期限まで1時間です`,
        sentence: `${day(news.day)}の日次レビューが提出されていません。期限は ${time(news.dueAt)}、未確認の項目は ${news.open} 件です。`,
      };
    case 'overdue':
      return {
        subject: `${day(news.day)}の日次レビューの期限を過ぎました`,
        sentence: `${day(news.day)}の日次レビューが期限（${time(news.dueAt)}）までに提出されませんでした。未確認の項目は ${news.open} 件です。遅れた理由を記入して提出してください。`,
      };
    case 'escalated':
      return {
        subject: `${day(news.day)}の日次レビューが提出されていません`,
        sentence: `${day(news.day)}の日次レビューは期限（${time(news.dueAt)}）を過ぎても提出されていません。レビュー担当者に確認してください。`,
      };
    case 'submitted':
      return {
        subject: `${day(news.day)}の日次レビューの承認をお願いします`,
        sentence: `${news.by} さんが${day(news.day)}の日次レビューを提出しました。内容を確認し、承認するか差し戻してください。`,
      };
    case 'returned':
      return {
        subject: `${day(news.day)}の日次レビューが差し戻されました`,
        sentence: `${news.by} さんが${day(news.day)}の日次レビューを差し戻しました。コメントを確認し、もう一度提出してください。`,
      };
    case 'approved':
      return {
        subject: `${day(news.day)}の日次レビューが承認されました`,
        sentence: `${news.by} さんが${day(news.day)}の日次レビューを承認しました。`,
      };
    case 'delegated':
      return {
        subject: `${day(news.day)}の日次レビューを任されました`,
        sentence: `${news.by} さんが、${day(news.day)}の日次レビューをあなたに任せました。理由を確認し、レビューを行ってください。`,
      };
    case 'missed':
      return {
        subject: `${day(news.day)}の日次レビューが未実施です`,
        sentence: `${day(news.day)}の日次レビューは実施されず、インシデントとして記録されました。今からでも、遅れた理由を記入して提出できます。`,
      };
    case 'risk-analysis':
      return {
        subject: `確認対象「${news.area}」のリスク分析の見直し時期です`,
        sentence: `確認対象「${news.area}」の確認頻度を定めるリスク分析を、${day(news.dueOn)}までに見直し、見直した日を確認対象に記入してください（PCI DSS 12.3.1）。`,
      };
  }
}

export function sayInEnglish(news: ReviewNews, { day, time }: NewsClock): Said {
  switch (news.kind) {
    case 'report-ready':
      return {
        subject: `the report “${news.title.en}” is ready`,
        sentence: `The report “${news.title.en}” that you asked for is ready.`,
      };
    case 'report-failed':
      return {
        subject: `the report “${news.title.en}” could not be made`,
        sentence: `The report “${news.title.en}” that you asked for could not be made. See why on its page, and make it again.`,
      };
    case 'begun':
      return {
        subject: `the log review of ${day(news.day)} has begun`,
        sentence: `Please do the log review of ${day(news.day)}. It has ${news.items} ${news.items === 1 ? 'item' : 'items'} and is due by ${time(news.dueAt)}.`,
      };
    case 'hour-before':
      return {
        subject: `the log review of ${day(news.day)} is due in an hour`,
        sentence: `The log review of ${day(news.day)} is not submitted. It is due by ${time(news.dueAt)}; open items: ${news.open}.`,
      };
    case 'overdue':
      return {
        subject: `the log review of ${day(news.day)} is overdue`,
        sentence: `The log review of ${day(news.day)} was not submitted by ${time(news.dueAt)}; open items: ${news.open}. Submit it with the reason why it is late.`,
      };
    case 'escalated':
      return {
        subject: `the log review of ${day(news.day)} is not submitted`,
        sentence: `The log review of ${day(news.day)} was due by ${time(news.dueAt)} and is still not submitted. Please ask its reviewers.`,
      };
    case 'submitted':
      return {
        subject: `the log review of ${day(news.day)} waits for your approval`,
        sentence: `${news.by} has submitted the log review of ${day(news.day)}. Please look at it, and approve it or send it back.`,
      };
    case 'returned':
      return {
        subject: `the log review of ${day(news.day)} was sent back`,
        sentence: `${news.by} has sent the log review of ${day(news.day)} back. See the comment, and submit it again.`,
      };
    case 'approved':
      return {
        subject: `the log review of ${day(news.day)} is approved`,
        sentence: `${news.by} has approved the log review of ${day(news.day)}.`,
      };
    case 'delegated':
      return {
        subject: `the log review of ${day(news.day)} is yours`,
        sentence: `${news.by} has handed the log review of ${day(news.day)} over to you. See the reason, and do the review.`,
      };
    case 'missed':
      return {
        subject: `the log review of ${day(news.day)} was missed`,
        sentence: `The log review of ${day(news.day)} was not done, and is recorded as an incident. It can still be submitted, with the reason why it is late.`,
      };
    case 'risk-analysis':
      return {
        subject: `the risk analysis of the area “${news.area}” is due`,
        sentence: `Please look again, by ${day(news.dueOn)}, at the risk analysis that sets how often the area “${news.area}” is reviewed, and note the day in the area (PCI DSS 12.3.1).`,
      };
  }
}
