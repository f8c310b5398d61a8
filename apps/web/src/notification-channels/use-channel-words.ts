'use client';

import { severityWord, type Severity } from '@akashi/policy';
import { useLocale, useTranslations } from 'next-intl';
import type { Channel } from '../api-client/incidents.ts';
import { minuteText } from '../areas/hours-text.ts';
import { useHoursWords } from '../areas/use-hours-words.ts';
import { useIncidentWords } from '../incidents/use-incident-words.ts';
import { useChannelAreas } from './use-channel-areas.ts';

export interface ChannelWords {
  name: (channel: Pick<Channel, 'kind' | 'name'>) => string;
  severity: (severity: Severity) => string;
  /** Of what it is told, one line each. */
  what: (channel: Channel) => string[];
  /** When it is told, and who when nobody answers, one line each. */
  when: (channel: Channel, all: readonly Channel[]) => string[];
}

export function useChannelWords(): ChannelWords {
  const t = useTranslations('channels');
  const language = useLocale() === 'en' ? 'en' : 'ja';
  const incidents = useIncidentWords();
  const hoursWord = useHoursWords();
  const areas = useChannelAreas();
  const name = ({ kind, name: own }: Pick<Channel, 'kind' | 'name'>) => (kind === 'contacts' ? t('contacts') : own);
  const severity = (each: Severity) => severityWord(each, language);
  const areaName = (id: string) => areas.find((area) => area.id === id)?.name ?? t('unknownArea');
  return {
    name,
    severity,
    what: ({ kinds, minimalSeverity, areaId }) => [
      kinds.length === 0 ? t('everyKind') : kinds.map(incidents.kind).join(t('separator')),
      ...(minimalSeverity === 'low' ? [] : [t('fromSeverity', { severity: severity(minimalSeverity) })]),
      ...(areaId === undefined ? [] : [t('ofArea', { area: areaName(areaId) })]),
    ],
    when: ({ hours, digestMinute, escalation }, all) => {
      const digest = digestMinute === undefined ? undefined : minuteText(digestMinute);
      const target = all.find(({ id }) => id === escalation?.channelId);
      const lines = [];
      if (hours !== undefined) lines.push(hoursWord(hours));
      if (digest !== undefined) lines.push(t(hours === undefined ? 'digestOnly' : 'digestOutside', { time: digest }));
      if (lines.length === 0) lines.push(t('atOnce'));
      if (escalation !== undefined && target !== undefined) {
        lines.push(t('escalates', { minutes: escalation.afterMinutes, channel: name(target) }));
      }
      return lines;
    },
  };
}
