import { plotFontSize, plotShapes, printColours, type PlotRule, type RunSummary } from '@akashi/report';
import type { Language } from '../rows/run-head.ts';
import { heading } from './blocks.ts';
import type { Sheet, TextStyle } from './sheet.ts';

const scale = 0.75;
const style: TextStyle = { weight: 'regular', size: plotFontSize * scale, colour: printColours.text };

/** The plot of a run as a figure with its figures in words; nothing where there is nothing to draw. */
export function plot(
  sheet: Sheet,
  summary: RunSummary,
  { rule, language }: { rule: PlotRule; language: Language },
): void {
  const picture = plotShapes(summary.plot, rule, { language, width: sheet.width / scale });
  if (picture === null) return;
  const height = picture.height * scale;
  heading(sheet, picture.title, height + 40);
  const top = sheet.y;
  const at = (x: number, y: number): { x: number; y: number } => ({ x: sheet.left + x * scale, y: top + y * scale });
  sheet.within(
    'Figure',
    () =>
      sheet.content(() => {
        for (const shape of picture.shapes) {
          if (shape.kind === 'line') {
            const { x, y } = at(shape.fromX, shape.y);
            sheet.rule(y, { x, width: (shape.toX - shape.fromX) * scale, colour: printColours.line });
          } else if (shape.kind === 'box') {
            const size = { width: shape.width * scale, height: shape.height * scale };
            const fill = shape.fill === null ? null : printColours[shape.fill];
            sheet.box({ ...at(shape.x, shape.y), ...size }, fill, printColours[shape.edge]);
          } else {
            const [line = ''] = sheet.lines(shape.words, style, sheet.width);
            const wide = sheet.widthOf(line, style);
            const before = { start: 0, middle: wide / 2, end: wide }[shape.anchor];
            const { x, y } = at(shape.x, shape.y);
            // The base line of a line that pdfkit draws from its top.
            sheet.ink(line, style, { x: x - before, y: y - style.size * 1.16 });
          }
        }
      }),
    { alt: `${picture.title}: ${picture.description}` },
  );
  sheet.y = top + height + 6;
}
