import { incidentWord, severityWord, tellableCause, tellablePlace, type TellingEvent } from '@akashi/policy';
import { createMasker } from '@akashi/masking';
import { incidentLink, type News, type Organisation } from './news.ts';

/** What a message of incidents says, before it becomes mail or a chat's blocks. No log content is in it. */
export interface IncidentText {
  readonly subject: string;
  readonly intro: string;
  readonly incidents: readonly { readonly title: string; readonly lines: readonly string[]; readonly link: string }[];
  /** How many there are beside these, and what to do. */
  readonly closing: readonly string[];
  /** What a link is called. */
  readonly linkWord: string;
}

export interface IncidentTelling {
  readonly organisation: Organisation;
  readonly webUrl: string;
  /** At least one; more make a digest. */
  readonly news: readonly News[];
}

const words = {
  ja: {
    events: { opened: '発生', reopened: '再発', repeated: '継続中', closed: '終了', escalated: '未対応' },
    some: (count: number) => `インシデント ${count} 件`,
    intro: (name: string) => `${name} でインシデントが検知されました。`,
    introClosed: (name: string) => `${name} のインシデントが終了しました。`,
    introEscalated: (name: string) => `${name} のインシデントに、まだ誰も対応していません。`,
    severity: '重大度',
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
    events: {
      opened: 'started',
      reopened: 'started again',
      repeated: 'still open',
      closed: 'closed',
      escalated: 'not acknowledged',
    },
    some: (count: number) => `${count} incidents`,
    intro: (name: string) => `Incidents need attention at ${name}.`,
    introClosed: (name: string) => `Incidents at ${name} have closed.`,
    introEscalated: (name: string) => `Nobody has acknowledged these incidents at ${name} yet.`,
    severity: 'Severity',
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

/** A log group may be named by a card number. */
const masker = createMasker({ version: 'notice', keep: 'first6last4' });

/** The place and the cause as a receiver may read them; null where only the page says it. */
export function tellable({ where, cause }: News['incident']): { where: string | null; cause: string | null } {
  const place = tellablePlace(where);
  return { where: place === null ? null : masker.maskText(place), cause: tellableCause(cause) };
}

/** The words of a message that shows at most `most` incidents and counts the others. */
export function incidentText({ organisation, webUrl, news }: IncidentTelling, most: number): IncidentText {
  const { language, timeZone } = organisation;
  const say = words[language];
  const name = language === 'ja' ? organisation.nameJa : organisation.nameEn;
  const isOver = news.every(({ event, incident }) => event === 'closed' || incident.state === 'closed');
  const shown = news.slice(0, most);
  const rest = news.length - shown.length;
  return {
    subject: `${name}: ${subjectOf(news, language)}`,
    intro: introOf(news, isOver, say)(name),
    incidents: shown.map((each) => ({
      title: title(each, language),
      lines: linesOf(each, language, timeZone),
      link: incidentLink(webUrl, each.incident.id),
    })),
    closing: [...(rest > 0 ? [say.more(rest)] : []), ...(isOver ? [] : [say.what])],
    linkWord: say.link,
  };
}

function introOf(news: readonly News[], isOver: boolean, say: (typeof words)['ja' | 'en']): (name: string) => string {
  if (isOver) return say.introClosed;
  return news.every(({ event }) => event === 'escalated') ? say.introEscalated : say.intro;
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

/** An incident that closed before its first message went out, as a channel's hours held it, is told of as closed. */
function title({ event, incident }: News, language: 'ja' | 'en'): string {
  const kind = incidentWord(incident.kind, language);
  const said: TellingEvent = incident.state === 'closed' ? 'closed' : event;
  const state = words[language].events[said];
  return language === 'ja' ? `${kind}（${state}）` : `${kind} (${state})`;
}

function linesOf({ incident }: News, language: 'ja' | 'en', timeZone: string): string[] {
  const say = words[language];
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'medium', timeZone });
  const clock = (moment: Date): string => `${format.format(moment)} (${timeZone})`;
  const { severity, startedAt, lastSeenAt, endedAt, count } = incident;
  const { where, cause } = tellable(incident);
  return [
    `${say.severity}: ${severityWord(severity, language)}`,
    ...(where === null ? [] : [`${say.where}: ${where}`]),
    ...(cause === null ? [] : [`${say.cause}: ${cause}`]),
    `${say.from}: ${clock(startedAt)}`,
    endedAt === null ? `${say.last}: ${clock(lastSeenAt)}` : `${say.until}: ${clock(endedAt)}`,
    say.count(count),
  ];
}
