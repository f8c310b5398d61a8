'use client';

import { Pause, Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Follow } from './use-follow.ts';

export function FollowSwitch({ follow }: { follow: Follow }) {
  const t = useTranslations('follow');
  if (!follow.possible) return null;
  return (
    <Button className="control control-small" aria-pressed={follow.on} onPress={follow.toggle}>
      {follow.on ? <Pause size={12} aria-hidden /> : <Play size={12} aria-hidden />}
      {follow.on ? t('pause') : t('start')}
    </Button>
  );
}
