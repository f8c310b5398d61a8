'use client';

import { ChevronDown, ChevronLeft, ChevronRight, ZoomOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { RangeForm } from './range-form.tsx';
import { effectiveText, rangeWord } from './range-words.ts';
import { stepRange, zoomOut, type EffectiveRange, type TimeRange } from './time-range.ts';

interface TimeRangeControlProps {
  range: TimeRange;
  effective: EffectiveRange | null;
  zone: string;
  /** Applying runs the search: one action, not two. */
  onRange: (range: TimeRange) => void;
}

export function TimeRangeControl({ range, effective, zone, onRange }: TimeRangeControlProps) {
  const t = useTranslations('range');
  const [open, setOpen] = useState(false);
  const step = (direction: -1 | 1) => effective && onRange(stepRange(effective, direction));
  useCommands({
    'range.open': () => setOpen(true),
    'range.earlier': () => step(-1),
    'range.later': () => step(1),
    'range.zoomOut': () => effective && onRange(zoomOut(effective)),
  });
  return (
    <div role="group" aria-label={t('title')} className="flex min-w-0 items-start">
      <Button className="control rounded-r-none !px-1.5" aria-label={t('earlier')} onPress={() => step(-1)}>
        <ChevronLeft size={16} aria-hidden />
      </Button>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <Button className="control -ml-px min-w-0 rounded-none !justify-start">
          <span className="font-medium">{rangeWord(t, range)}</span>
          <span className="truncate text-meta text-muted">{effective && effectiveText(effective, zone)}</span>
          <ChevronDown size={16} aria-hidden />
        </Button>
        <Popover className="floating w-[360px] max-w-[calc(100vw-16px)]" placement="bottom end">
          <Dialog aria-label={t('title')} className="p-4 outline-none">
            {({ close }) => (
              <RangeForm
                range={range}
                effective={effective}
                zone={zone}
                onRange={(next) => {
                  close();
                  onRange(next);
                }}
              />
            )}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <Button className="control -ml-px rounded-none !px-1.5" aria-label={t('later')} onPress={() => step(1)}>
        <ChevronRight size={16} aria-hidden />
      </Button>
      <Button
        className="control -ml-px rounded-l-none !px-1.5"
        aria-label={t('zoomOut')}
        onPress={() => effective && onRange(zoomOut(effective))}
      >
        <ZoomOut size={16} aria-hidden />
      </Button>
    </div>
  );
}
