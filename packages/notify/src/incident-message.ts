import { incidentWord, type TellingEvent } from '@akashi/policy';
import { escapeHtml, letter } from './letter.ts';
import type { Message } from './mailer.ts';
import { incidentLink, type News, type Organisation } from './news.ts';

export interface IncidentMessage {
  readonly organisation: Organisation;
  readonly webUrl: string;
  /** At least one; more make a digest. */
  readonly news: readonly News[];
}

/** A digest of more says how many there are beside these. */
const mostShown = 20;

const words = {
  ja: {
    events: { opened: '発生', reopened: '再発', repeated: '継続中', closed: '終了' },
    some: (count: number) => `インシデント ${count} 件`,
    intro: (name: string) => `${name} でインシデントが検知されました。`,
    introClosed: (name: string) => `${name} のインシデントが終了しました。`,
    where: '対象',
    cause: '原因コード',
    from: '開始',
    until: '終了',
    last: '最終検知',
    count: (count: number) => `検知回数 ${count} 回`,
    more: (count: number) => `ほか ${count} 件`,
    link: '詳細を開く',
    what: '内容を確認し、対応を記録してください。',
  },
  en: {
    events: { opened: 'started', reopened: 'started again', repeated: 'still open', closed: 'closed' },
    some: (count: number) => `${count} incidents`,
    intro: (name: string) => `Incidents need attention at ${name}.`,
    introClosed: (name: string) => `Incidents at ${name} have closed.`,
    where: 'Where',
    cause: 'Cause code',
    from: 'Started',
    until: 'Ended',
    last: 'Last seen',
    count: (count: number) => `Seen ${count === 1 ? 'once' : `${count} times`}`,
    more: (count: number) => `and ${count} more`,
    link: 'Open the incident',
    what: 'Please look at it and record what was done.',
  },
} as const;

/** One message for everything that is due: the first of an incident at once, what came meanwhile with it. */
export function incidentMessage({ organisation, webUrl, news }: IncidentMessage): Message {
  const { language, timeZone } = organisation;
  const say = words[language];
  const name = language === 'ja' ? organisation.nameJa : organisation.nameEn;
  const isOver = news.every(({ event }) => event === 'closed');
  const shown = news.slice(0, mostShown);
  const intro = isOver ? say.introClosed(name) : say.intro(name);
  const blocks = shown.map((each) => ({
    title: title(each, language),
    lines: linesOf(each, language, timeZone),
    link: incidentLink(webUrl, each.incident.id),
  }));
  const rest = news.length > shown.length ? [say.more(news.length - shown.length)] : [];
  const end = isOver ? [] : [say.what];
  return letter({
    language,
    subject: `${name}: ${subjectOf(news, language)}`,
    text: [
      intro,
      ...blocks.map(({ title: heading, lines, link }) => [heading, ...lines, `${say.link}: ${link}`].join('\n')),
      ...rest,
      ...end,
    ],
    parts: [
      `<p>${escapeHtml(intro)}</p>`,
      ...blocks.map(
        ({ title: heading, lines, link }) =>
          `<p><strong>${escapeHtml(heading)}</strong><br>${lines.map(escapeHtml).join('<br>')}<br>` +
          `<a href="${escapeHtml(link)}">${escapeHtml(say.link)}</a></p>`,
      ),
      ...[...rest, ...end].map((sentence) => `<p>${escapeHtml(sentence)}</p>`),
    ],
  });
}

/** What a single one is, or how many there are with the first of those that are not over. */
function subjectOf(news: readonly News[], language: 'ja' | 'en'): string {
  const first = news.find(({ event }) => event !== 'closed') ?? news[0];
  if (first === undefined) return '';
  if (news.length === 1) return title(first, language);
  const more = words[language].some(news.length);
  const kind = incidentWord(first.incident.kind, language);
  return language === 'ja' ? `${more}（${kind} など）` : `${more} (${kind}, …)`;
}

function title({ event, incident }: News, language: 'ja' | 'en'): string {
  const kind = incidentWord(incident.kind, language);
  const state = eventWord(event, language);
  return language === 'ja' ? `${kind}（${state}）` : `${kind} (${state})`;
}

function eventWord(event: TellingEvent, language: 'ja' | 'en'): string {
  return words[language].events[event];
}

function linesOf({ incident }: News, language: 'ja' | 'en', timeZone: string): string[] {
  const say = words[language];
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium', timeZone });
  const clock = (moment: Date): string => `${format.format(moment)} (${timeZone})`;
  const { where, cause, startedAt, lastSeenAt, endedAt, count } = incident;
  return [
    `${say.where}: ${where}`,
    `${say.cause}: ${cause}`,
    `${say.from}: ${clock(startedAt)}`,
    endedAt === null ? `${say.last}: ${clock(lastSeenAt)}` : `${say.until}: ${clock(endedAt)}`,
    say.count(count),
  ];
}
