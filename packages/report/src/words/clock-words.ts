import type { RowClock } from '../clock/row-clock.ts';
import type { ClockColumn, Words } from '../definitions/report-definition.ts';

type Language = keyof Words;

export const clockStateWords: Readonly<Record<RowClock['state'], Words>> = {
  synchronized: { ja: '同期', en: 'In sync' },
  unsynchronized: { ja: '非同期', en: 'Not in sync' },
  stopped: { ja: 'サービス停止', en: 'Service stopped' },
  stepped: { ja: '手動変更後', en: 'Set by hand' },
  unknown: { ja: '不明', en: 'Unknown' },
};

/** What can be wrong with a clock, as flags name it. */
export const clockProblemWords: Readonly<Record<string, Words>> = {
  stepped: { ja: '時刻の変更', en: 'Clock stepped' },
  'not-synchronized': { ja: '上限を超える非同期', en: 'Not in sync for too long' },
  'service-stopped': { ja: '時刻同期サービスの停止', en: 'Time service stopped' },
  'set-by-hand': { ja: '手動変更後、同期の記録なし', en: 'Set by hand, no sync since' },
  'peer-undesignated': { ja: '指定外のサーバー', en: 'Server not designated' },
  'offset-too-large': { ja: '上限を超えるずれ', en: 'Offset too large' },
  'says-nothing': { ja: '時刻の記録なし', en: 'Says nothing' },
};

const doers: Readonly<Record<RowClock['steps'][number]['by'], Words>> = {
  person: { ja: '手動', en: 'by hand' },
  service: { ja: 'サービス', en: 'by its service' },
  unknown: { ja: '実行者不明', en: 'by unknown' },
};

export interface CellWriting {
  readonly language: Language;
  /** Writes a moment (RFC 3339 in UTC) by the reader's clocks. */
  readonly time: (moment: string) => string;
}

/** The text of a cell on a clock; empty for what is not known, and in rows about no clock. */
export function clockText(clock: RowClock | undefined, column: ClockColumn, { language, time }: CellWriting): string {
  if (clock === undefined) return '';
  const isJapanese = language === 'ja';
  switch (column) {
    case 'clockState': {
      const word = clockStateWords[clock.state][language];
      if (clock.since === null) return word;
      return isJapanese ? `${word}（${time(clock.since)}から）` : `${word} (since ${time(clock.since)})`;
    }
    case 'timeServer':
      return serverText(clock, isJapanese);
    case 'clockOffset':
      return clock.offsetSeconds === null ? '' : secondsText(clock.offsetSeconds, language);
    case 'clockSteps':
      return clock.steps
        .map(({ time: at, offsetSeconds, by, account }) =>
          [time(at), doers[by][language], account, offsetSeconds === null ? null : secondsText(offsetSeconds, language)]
            .filter((part) => part !== null)
            .join(' '),
        )
        .join(' / ');
    case 'clockLost':
      return clock.lost.map((span) => lostText(span, { language, time })).join(' / ');
    case 'hostGroup':
      return groupText(clock, isJapanese);
  }
}

function serverText({ server, isDesignated, stratum }: RowClock, isJapanese: boolean): string {
  if (server === null) return '';
  const said = [
    ...(stratum === null ? [] : [isJapanese ? `階層 ${stratum}` : `stratum ${stratum}`]),
    ...(isDesignated === null
      ? []
      : [isDesignated ? (isJapanese ? '指定' : 'designated') : isJapanese ? '指定外' : 'not designated']),
  ];
  if (said.length === 0) return server;
  return isJapanese ? `${server}（${said.join('・')}）` : `${server} (${said.join(', ')})`;
}

function groupText({ group, limits }: RowClock, isJapanese: boolean): string {
  if (limits === null) return '';
  const figure = (value: number): string => value.toLocaleString('en-US');
  const { offsetMs, unsynchronizedMinutes, stepMs, silentHours } = limits;
  return isJapanese
    ? `${group ?? '既定'}（ずれ ${figure(offsetMs)} ms、非同期 ${figure(unsynchronizedMinutes)} 分、サービスによる変更 ${figure(stepMs)} ms、無通信 ${figure(silentHours)} 時間）`
    : `${group ?? 'usual'} (offset ${figure(offsetMs)} ms, without sync ${figure(unsynchronizedMinutes)} min, step ${figure(stepMs)} ms, silent ${figure(silentHours)} h)`;
}

function lostText({ state, from, to }: RowClock['lost'][number], { language, time }: CellWriting): string {
  const until = to === null ? (language === 'ja' ? '継続中' : 'still') : time(to);
  return `${clockStateWords[state][language]} ${time(from)} – ${until}`;
}

/** With a sign, in milliseconds below a second. */
export function secondsText(seconds: number, language: Language): string {
  const sign = seconds < 0 ? '−' : '+';
  const size = Math.abs(seconds);
  if (size < 1) return `${sign}${Number((size * 1000).toFixed(3)).toLocaleString('en-US')} ms`;
  const figure = Number(size.toFixed(3)).toLocaleString('en-US');
  return language === 'ja' ? `${sign}${figure} 秒` : `${sign}${figure} s`;
}
