'use client';

import { Moon, Sun, SunMoon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';

const order = ['system', 'light', 'dark'] as const;
const icons = { system: SunMoon, light: Sun, dark: Moon };
const subscribe = () => () => {};

export function ThemeSwitch() {
  const t = useTranslations('frame');
  const { theme, setTheme } = useTheme();
  const inBrowser = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  const current = order.find((name) => inBrowser && name === theme) ?? 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  const Icon = icons[current];
  return (
    <Button
      className="control control-quiet control-small text-muted"
      aria-label={t('themeNow', { theme: t(`themes.${current}`), next: t(`themes.${next}`) })}
      onPress={() => setTheme(next)}
    >
      <Icon size={16} aria-hidden />
    </Button>
  );
}
