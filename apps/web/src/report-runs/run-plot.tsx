'use client';

import { plotSvg, type PlotRule } from '@akashi/report';
import { useLocale } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ReportRun } from '../api-client/report-runs.ts';

interface RunPlotProps {
  bars: NonNullable<ReportRun['summary']>['plot'];
  rule: PlotRule;
}

const colours = { bar: 'var(--accent)', flagged: 'var(--bad)', line: 'var(--edge)', text: 'var(--muted)' };
const widest = 640;

/** The plot as the document has it, in the page's colours and as wide as its place. */
export function RunPlot({ bars, rule }: RunPlotProps) {
  const language = useLocale() === 'ja' ? 'ja' : 'en';
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (place.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) =>
      setWidth(Math.min(widest, Math.floor(entry?.contentRect.width ?? 0))),
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const svg = useMemo(
    () => (width === 0 ? '' : plotSvg(bars, rule, { language, width, colours, fontFamily: 'inherit' })),
    [bars, rule, language, width],
  );
  // Values are escaped where the element is made: it is the one that goes into the document.
  return (
    <div
      ref={place}
      className={`overflow-hidden [&>svg]:h-auto [&>svg]:max-w-full ${svg === '' ? 'min-h-40' : ''}`}
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
