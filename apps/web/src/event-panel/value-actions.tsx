'use client';

import { Minus, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';

interface ValueActionsProps {
  label: string;
  value: string;
  onInclude: () => void;
  onExclude: () => void;
}

export function ValueActions({ label, value, onInclude, onExclude }: ValueActionsProps) {
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
    </span>
  );
}
