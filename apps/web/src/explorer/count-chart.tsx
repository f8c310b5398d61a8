'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Button } from 'react-aria-components';
import type { EffectiveRange } from '../time-range/time-range.ts';
import { formatClock, formatInstant } from '../time/format-instant.ts';
import { axisTop, bucketSize, outcomes, rangeOfBars, type Bar, type Outcome } from './chart-model.ts';
import { OutcomePatterns, outcomeFill } from './outcome-patterns.tsx';

interface CountChartProps {
  bars: readonly Bar[];
  intervalMs: number;
  searched: EffectiveRange;
  zone: string;
  dimmed: boolean;
  onZoom: (range: EffectiveRange) => void;
}

type Selection = readonly [number, number];

const height = 64;
const slot = 10;

/** Bars stacked by outcome. Drag or Shift+arrows select, Enter or the button zooms in, Esc takes the selection back. */
export function CountChart({ bars, intervalMs, searched, zone, dimmed, onZoom }: CountChartProps) {
  const t = useTranslations('chart');
  const format = useFormatter();
  const [selection, setSelection] = useState<Selection | null>(null);
  const [dragging, setDragging] = useState(false);
  const top = axisTop(bars);
  const width = Math.max(1, bars.length) * slot;
  const range = selection && rangeOfBars(bars, selection, searched);
  const { amount, unit } = bucketSize(intervalMs);

  const indexAt = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - box.left) / box.width) * bars.length);
    return Math.max(0, Math.min(bars.length - 1, index));
  };
  const zoom = () => {
    if (range) onZoom(range);
    setSelection(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      const [anchor, head] = selection ?? [step > 0 ? -1 : bars.length, step > 0 ? -1 : bars.length];
      const next = Math.max(0, Math.min(bars.length - 1, head + step));
      setSelection(event.shiftKey && selection ? [anchor, next] : [next, next]);
    } else if (event.key === 'Enter' && range) zoom();
    else if (event.key === 'Escape' && selection) setSelection(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const chosen = selection ? bars.slice(Math.min(...selection), Math.max(...selection) + 1) : [];
  const chosenCount = chosen.reduce((sum, bar) => sum + bar.total, 0);
  return (
    <figure>
      <div className="flex gap-2">
        <div
          aria-hidden
          className="flex w-10 shrink-0 flex-col justify-between text-right text-[11px] leading-3 text-muted"
          style={{ height }}
        >
          <span>{format.number(top, { notation: 'compact' })}</span>
          <span>0</span>
        </div>
        {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- an application widget: WCAG 2.5.7 asks for keys beside dragging */}
        <svg
          role="application"
          aria-roledescription={t('role')}
          aria-label={t('label', { count: bars.length })}
          aria-describedby="chart-selection"
          tabIndex={0}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className={`block min-w-0 flex-1 touch-none border-b border-edge select-none ${dimmed ? 'opacity-60 transition-opacity delay-150 duration-100' : ''}`}
          style={{ height }}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            if (event.button !== 0 || bars.length === 0) return;
            event.currentTarget.setPointerCapture(event.pointerId);
            setDragging(true);
            setSelection([indexAt(event), indexAt(event)]);
          }}
          onPointerMove={(event) => dragging && selection && setSelection([selection[0], indexAt(event)])}
          onPointerUp={() => {
            setDragging(false);
            if (selection && selection[0] !== selection[1]) zoom();
          }}
        >
          <OutcomePatterns />
          {bars.map((bar, index) => (
            <BarShape key={bar.from} bar={bar} x={index * slot} top={top} />
          ))}
          {selection && (
            <rect
              x={Math.min(...selection) * slot}
              width={(Math.abs(selection[1] - selection[0]) + 1) * slot}
              height={height}
              fill="var(--accent)"
              fillOpacity="0.16"
              stroke="var(--accent)"
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
      </div>
      <figcaption className="mt-1 flex min-h-6 flex-wrap items-center gap-x-4 pl-12 text-meta text-muted">
        <span>{formatInstant(searched.from, zone, 'minute')}</span>
        <span className="flex-1">
          {t('bucket', { size: format.number(amount, { style: 'unit', unit, unitDisplay: 'long' }) })}
        </span>
        <span id="chart-selection" role="status" className="flex items-center gap-2">
          {range && (
            <>
              {t('selected', {
                from: formatClock(range.from, zone, 'second'),
                to: formatClock(range.to, zone, 'second'),
                count: chosenCount,
              })}
              <Button className="control control-small" onPress={zoom}>
                {t('zoom')}
              </Button>
            </>
          )}
        </span>
        <span>{formatInstant(searched.to, zone, 'minute')}</span>
      </figcaption>
    </figure>
  );
}

function BarShape({ bar, x, top }: { bar: Bar; x: number; top: number }) {
  return (
    <g>
      {stackOf(bar, top).map(({ outcome, y, size }) => (
        <rect key={outcome} x={x + 1} y={y} width={slot - 2} height={size} fill={outcomeFill[outcome]} />
      ))}
    </g>
  );
}

/** The parts of a bar from the bottom up; the smallest count is still a visible line. */
function stackOf(bar: Bar, top: number) {
  const parts: { outcome: Outcome; y: number; size: number }[] = [];
  let bottom = height;
  for (const outcome of outcomes) {
    const count = bar.counts[outcome];
    if (count === 0) continue;
    const size = Math.max(1, (count / top) * height);
    bottom -= size;
    parts.push({ outcome, y: bottom, size });
  }
  return parts;
}
