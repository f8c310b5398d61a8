import type { PlotRule } from '../definitions/report-definition.ts';
import type { CountOf } from '../row/run-summary.ts';
import type { ReportLanguage } from '../words/report-words.ts';

/** What a colour is for; a page gives its variables, a document its own. */
export type PlotColour = 'bar' | 'flagged' | 'line' | 'text';

export type PlotShape =
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly edge: PlotColour;
      readonly fill: PlotColour | null;
    }
  | { readonly kind: 'line'; readonly fromX: number; readonly toX: number; readonly y: number }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly words: string;
    };

/** A picture in CSS pixels, with what it says in words. */
export interface PlotPicture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly shapes: readonly PlotShape[];
}

interface Place {
  readonly language: ReportLanguage;
  readonly width: number;
}

export const plotFontSize = 11;
const rowHeight = 20;
const columnsHeight = 140;
const axisHeight = 18;
const top = plotFontSize + 10;

const words = {
  ja: { rows: '件', flagged: '要確認', legend: '■ 要確認  □ その他' },
  en: { rows: 'rows', flagged: 'flagged', legend: '■ flagged  □ others' },
} as const;

/**
 * The plot of a run as shapes, so that a page and a document draw the same. Flagged rows are filled, others outlined: the
 * plot reads without colours. Null where there is nothing to draw.
 */
export function plotShapes(bars: readonly CountOf[], rule: PlotRule, place: Place): PlotPicture | null {
  if (bars.every(({ rows }) => rows === 0)) return null;
  const { language, width } = place;
  const said = bars
    .filter(({ rows }) => rows > 0)
    .map(
      ({ value, rows, flagged }) => `${value}: ${rows}${flagged > 0 ? ` (${flagged} ${words[language].flagged})` : ''}`,
    );
  const drawn = rule.by === 'hour' ? columns(bars, place) : lines(bars, place);
  return { width, ...drawn, title: rule.title[language], description: said.join(', ') };
}

type Drawn = Pick<PlotPicture, 'height' | 'shapes'>;

/** A bar of each hour, standing. */
function columns(bars: readonly CountOf[], { language, width }: Place): Drawn {
  const most = Math.max(...bars.map(({ rows }) => rows));
  const step = width / bars.length;
  const bottom = top + columnsHeight;
  const drawn = bars.flatMap((bar, index) => {
    const place = { x: index * step + 1, width: step - 2, bottom, height: (bar.rows / most) * columnsHeight };
    const label = index % 3 === 0 ? [text([index * step + step / 2, bottom + 14], bar.value, 'middle')] : [];
    return [...standing(bar, place), ...label];
  });
  const scale = text([0, plotFontSize], `${most.toLocaleString('en-US')} ${words[language].rows}`);
  const axis: PlotShape = { kind: 'line', fromX: 0, toX: width, y: bottom };
  return { height: bottom + axisHeight, shapes: [scale, legend(language, width), ...drawn, axis] };
}

function standing(
  { rows, flagged }: CountOf,
  place: { x: number; width: number; bottom: number; height: number },
): PlotShape[] {
  if (rows === 0) return [];
  const { x, width, bottom, height } = place;
  const filled = (flagged / rows) * height;
  return [
    box({ x, y: bottom - height, width, height }, false),
    ...(flagged === 0 ? [] : [box({ x, y: bottom - filled, width, height: filled }, true)]),
  ];
}

/** A bar of each value, lying beside its name. */
function lines(bars: readonly CountOf[], { language, width }: Place): Drawn {
  const most = Math.max(...bars.map(({ rows }) => rows));
  const names = Math.min(width / 3, 180);
  const room = width - names - 60;
  const drawn = bars.flatMap((bar, index) => {
    const y = top + index * rowHeight;
    const long = (bar.rows / most) * room;
    const filled = (bar.flagged / bar.rows) * long;
    const figure = bar.flagged === 0 ? String(bar.rows) : `${bar.rows} (${bar.flagged})`;
    return [
      text([0, y + plotFontSize + 2], shortened(bar.value, names)),
      box({ x: names, y: y + 2, width: long, height: rowHeight - 6 }, false),
      ...(bar.flagged === 0 ? [] : [box({ x: names, y: y + 2, width: filled, height: rowHeight - 6 }, true)]),
      text([names + long + 6, y + plotFontSize + 2], figure),
    ];
  });
  return { height: top + bars.length * rowHeight, shapes: [legend(language, width), ...drawn] };
}

function legend(language: ReportLanguage, width: number): PlotShape {
  return text([width, plotFontSize], words[language].legend, 'end');
}

function box(at: { x: number; y: number; width: number; height: number }, isFlagged: boolean): PlotShape {
  return { kind: 'box', ...at, edge: isFlagged ? 'flagged' : 'bar', fill: isFlagged ? 'flagged' : null };
}

function text(
  [x, y]: readonly [number, number],
  said: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): PlotShape {
  return { kind: 'text', x, y, anchor, words: said };
}

/** Cut where it would reach into its bar: full-width signs are as wide as they are high, others about half as wide. */
function shortened(name: string, width: number): string {
  let room = width - 8;
  let shown = '';
  for (const sign of name) {
    room -= (sign.codePointAt(0) ?? 0) < 0x2000 ? plotFontSize * 0.6 : plotFontSize;
    if (room < plotFontSize) return `${shown}…`;
    shown += sign;
  }
  return shown;
}
