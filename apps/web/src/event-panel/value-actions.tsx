'use client';

import { Footprints, Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from 'react-aria-components';

interface ValueActionsProps {
  label: string;
  value: string;
  onInclude: () => void;
  onExclude: () => void;
  /** Address of the trail of the value, where it leads through the logs. */
  trail?: string | undefined;
}

export function ValueActions({ label, value, onInclude, onExclude, trail }: ValueActionsProps) {
  const t = useTranslations('panel');
  return (
    <span className="inline-flex shrink-0">
      <Button
        className="flex size-6 items-center justify-center rounded-[4px] text-muted data-[hovered]:bg-selection"
        aria-label={t('filterIn', { label, value })}
        onPress={onInclude}
      >
        <Plus size={12} aria-hidden />
      </Button>
      <Button
        className="flex size-6 items-center justify-center rounded-[4px] text-muted data-[hovered]:bg-selection"
        aria-label={t('filterOut', { label, value })}
        onPress={onExclude}
      >
        <Minus size={12} aria-hidden />
      </Button>
      {trail !== undefined && (
        <Link
          href={trail}
          className="flex size-6 items-center justify-center rounded-[4px] text-muted hover:bg-selection"
          aria-label={t('follow', { label, value })}
        >
          <Footprints size={12} aria-hidden />
        </Link>
      )}
    </span>
  );
}
