import type { PlotRule } from '../definitions/report-definition.ts';
import type { CountOf } from '../row/run-summary.ts';
import type { ReportLanguage } from '../words/report-words.ts';

/** Colours as CSS writes them; a page gives its variables, a document its own. */
export interface PlotColours {
  readonly bar: string;
  readonly flagged: string;
  readonly line: string;
  readonly text: string;
}

export interface PlotSettings {
  readonly language: ReportLanguage;
  /** In CSS pixels; the height follows. */
  readonly width: number;
  readonly colours: PlotColours;
  readonly fontFamily: string;
}

export const printColours: PlotColours = { bar: '#1F4E8C', flagged: '#A3212C', line: '#8A8477', text: '#1C1F24' };

const fontSize = 11;
const rowHeight = 20;
const columnsHeight = 140;
const axisHeight = 18;

const words = {
  ja: { rows: '件', flagged: '要確認', legend: '■ 要確認  □ その他' },
  en: { rows: 'rows', flagged: 'flagged', legend: '■ flagged  □ others' },
} as const;

/**
 * The plot of a run as one SVG element, the same on a page and in a document. Flagged rows are filled, others outlined: the
 * plot reads without colours. Empty where there is nothing to draw.
 */
export function plotSvg(bars: readonly CountOf[], rule: PlotRule, settings: PlotSettings): string {
  if (bars.every(({ rows }) => rows === 0)) return '';
  return rule.by === 'hour' ? columns(bars, rule, settings) : lines(bars, rule, settings);
}

/** A bar of each hour, standing. */
function columns(bars: readonly CountOf[], rule: PlotRule, settings: PlotSettings): string {
  const { width, colours } = settings;
  const top = fontSize + 10;
  const most = Math.max(...bars.map(({ rows }) => rows));
  const step = width / bars.length;
  const bottom = top + columnsHeight;
  const drawn = bars.flatMap((bar, index) => {
    const place = { x: index * step + 1, width: step - 2, bottom, height: (bar.rows / most) * columnsHeight };
    const label =
      index % 3 === 0
        ? [text({ x: index * step + step / 2, y: bottom + 14, anchor: 'middle' }, bar.value, settings)]
        : [];
    return [...standing(bar, place, colours), ...label];
  });
  const scale = text(
    { x: 0, y: fontSize },
    `${most.toLocaleString('en-US')} ${words[settings.language].rows}`,
    settings,
  );
  const legend = text({ x: width, y: fontSize, anchor: 'end' }, words[settings.language].legend, settings);
  const axis = `<line x1="0" y1="${bottom}" x2="${width}" y2="${bottom}" stroke="${colours.line}"/>`;
  return frame({ bars, rule, settings, height: bottom + axisHeight }, [scale, legend, ...drawn, axis]);
}

function standing(
  { rows, flagged }: CountOf,
  place: { x: number; width: number; bottom: number; height: number },
  colours: PlotColours,
): string[] {
  if (rows === 0) return [];
  const { x, width, bottom, height } = place;
  const filled = (flagged / rows) * height;
  return [
    box({ x, y: bottom - height, width, height }, colours.bar, 'none'),
    ...(flagged === 0 ? [] : [box({ x, y: bottom - filled, width, height: filled }, colours.flagged, colours.flagged)]),
  ];
}

/** A bar of each value, lying beside its name. */
function lines(bars: readonly CountOf[], rule: PlotRule, settings: PlotSettings): string {
  const { width, colours } = settings;
  const top = fontSize + 10;
  const most = Math.max(...bars.map(({ rows }) => rows));
  const names = Math.min(width / 3, 180);
  const room = width - names - 60;
  const drawn = bars.flatMap((bar, index) => {
    const y = top + index * rowHeight;
    const long = (bar.rows / most) * room;
    const filled = (bar.flagged / bar.rows) * long;
    const figure = bar.flagged === 0 ? String(bar.rows) : `${bar.rows} (${bar.flagged})`;
    return [
      text({ x: 0, y: y + fontSize + 2 }, shortened(bar.value, names), settings),
      box({ x: names, y: y + 2, width: long, height: rowHeight - 6 }, colours.bar, 'none'),
      ...(bar.flagged === 0
        ? []
        : [box({ x: names, y: y + 2, width: filled, height: rowHeight - 6 }, colours.flagged, colours.flagged)]),
      text({ x: names + long + 6, y: y + fontSize + 2 }, figure, settings),
    ];
  });
  const legend = text({ x: width, y: fontSize, anchor: 'end' }, words[settings.language].legend, settings);
  return frame({ bars, rule, settings, height: top + bars.length * rowHeight }, [legend, ...drawn]);
}

function frame(
  {
    bars,
    rule,
    settings,
    height,
  }: { bars: readonly CountOf[]; rule: PlotRule; settings: PlotSettings; height: number },
  parts: readonly string[],
): string {
  const { language, width } = settings;
  const said = bars
    .filter(({ rows }) => rows > 0)
    .map(
      ({ value, rows, flagged }) => `${value}: ${rows}${flagged > 0 ? ` (${flagged} ${words[language].flagged})` : ''}`,
    );
  const title = `<title>${escaped(rule.title[language])}</title><desc>${escaped(said.join(', '))}</desc>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}" role="img">${title}${parts.join('')}</svg>`;
}

function box(at: { x: number; y: number; width: number; height: number }, stroke: string, fill: string): string {
  return `<rect x="${round(at.x)}" y="${round(at.y)}" width="${round(at.width)}" height="${round(at.height)}" stroke="${stroke}" fill="${fill}"/>`;
}

interface Placed {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function text({ x, y, anchor = 'start' }: Placed, words: string, { colours, fontFamily }: PlotSettings): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${fontSize}" font-family="${fontFamily}" fill="${colours.text}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

const round = (number: number): number => Math.round(number * 100) / 100;

/** Cut where it would reach into its bar: full-width signs are as wide as they are high, others about half as wide. */
function shortened(name: string, width: number): string {
  let room = width - 8;
  let shown = '';
  for (const sign of name) {
    room -= (sign.codePointAt(0) ?? 0) < 0x2000 ? fontSize * 0.6 : fontSize;
    if (room < fontSize) return `${shown}…`;
    shown += sign;
  }
  return shown;
}

function escaped(words: string): string {
  // What XML 1.0 has no place for cannot be escaped either.
  // oxlint-disable-next-line no-control-regex
  const possible = words.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return possible.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
