import type { PlotRule } from '../definitions/report-definition.ts';
import type { CountOf } from '../row/run-summary.ts';
import type { ReportLanguage } from '../words/report-words.ts';
import { plotFontSize, plotShapes, type PlotColour, type PlotShape } from './plot-shapes.ts';

/** Colours as CSS writes them; a page gives its variables, a document its own. */
export type PlotColours = Readonly<Record<PlotColour, string>>;

export interface PlotSettings {
  readonly language: ReportLanguage;
  /** In CSS pixels; the height follows. */
  readonly width: number;
  readonly colours: PlotColours;
  readonly fontFamily: string;
}

export const printColours: PlotColours = { bar: '#1F4E8C', flagged: '#A3212C', line: '#8A8477', text: '#1C1F24' };

/** The plot of a run as one SVG element. Empty where there is nothing to draw. */
export function plotSvg(bars: readonly CountOf[], rule: PlotRule, settings: PlotSettings): string {
  const picture = plotShapes(bars, rule, settings);
  if (picture === null) return '';
  const { width, title, description, shapes } = picture;
  const height = round(picture.height);
  const said = `<title>${escaped(title)}</title><desc>${escaped(description)}</desc>`;
  const drawn = shapes.map((shape) => element(shape, settings)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">${said}${drawn}</svg>`;
}

function element(shape: PlotShape, { colours, fontFamily }: PlotSettings): string {
  if (shape.kind === 'line') {
    const { fromX, toX, y } = shape;
    return `<line x1="${fromX}" y1="${round(y)}" x2="${toX}" y2="${round(y)}" stroke="${colours.line}"/>`;
  }
  if (shape.kind === 'box') {
    const { x, y, width, height, edge, fill } = shape;
    const paint = `stroke="${colours[edge]}" fill="${fill === null ? 'none' : colours[fill]}"`;
    return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" ${paint}/>`;
  }
  const { x, y, anchor, words } = shape;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${plotFontSize}" font-family="${fontFamily}" fill="${colours.text}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

const round = (number: number): number => Math.round(number * 100) / 100;

function escaped(words: string): string {
  // What XML 1.0 has no place for cannot be escaped either.
  // oxlint-disable-next-line no-control-regex
  const possible = words.toWellFormed().replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD');
  return possible.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
