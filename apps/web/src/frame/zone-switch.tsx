'use client';

import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { zoneChoices, type ZoneChoice } from '../time/zone-choices.ts';
import { zoneLabel } from '../time/format-instant.ts';
import { useHour } from '../time/use-hour.ts';
import { useZone } from '../time/use-zone.tsx';

export function ZoneSwitch() {
  const t = useTranslations('zone');
  const { choice, zone, zones, setChoice } = useZone();
  // Offsets change with the season; which one holds is only known where the clock is.
  const now = useHour();
  return (
    <MenuTrigger>
      <Button
        className="control control-quiet"
        aria-label={t('switch', { zone: zoneLabel(zone, now), choice: t(choice) })}
      >
        {zoneLabel(zone, now)}
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover className="floating min-w-56" placement="bottom end">
        <Menu
          className="p-1 outline-none"
          aria-label={t('title')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[choice]}
          onAction={(key) => setChoice(key as ZoneChoice)}
        >
          {zoneChoices.map((name) => (
            <MenuItem
              key={name}
              id={name}
              textValue={t(name)}
              className="flex min-h-8 items-center justify-between gap-6 rounded-[4px] px-2 data-[focused]:bg-selection data-[selected]:font-medium"
            >
              {t(name)}
              <span className="text-meta text-muted">{zoneLabel(zones[name], now)}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
