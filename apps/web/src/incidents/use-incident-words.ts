'use client';

import { useTranslations } from 'next-intl';
import { useRuleTitles } from '../rules/use-rules.ts';
import type { Incident } from '../api-client/incidents.ts';
import { findingWord } from '../seal/finding-words.ts';

export interface IncidentWords {
  kind: (kind: Incident['kind']) => string;
  state: (incident: Pick<Incident, 'state' | 'endedAt'>) => string;
  where: (incident: Pick<Incident, 'where' | 'details'>) => string;
  cause: (incident: Pick<Incident, 'kind' | 'cause'>) => string;
}

/** The event that an incident is about, if it is about one. */
export function eventOf({ where }: Pick<Incident, 'where'>): string | undefined {
  return /^event (\S+)$/.exec(where)?.[1];
}

/** The alert that an incident is about, if it is about one. */
export function alertOf({ where }: Pick<Incident, 'where'>): string | undefined {
  return /^alert (\S+)$/.exec(where)?.[1];
}

/** What the API says in codes and places, in the words of the page's language. */
export function useIncidentWords(): IncidentWords {
  const t = useTranslations('incidents');
  const findings = useTranslations('findings');
  const duties = useTranslations('duties.names');
  const titleOf = useRuleTitles();
  return {
    kind: (kind) => t(`kinds.${kind}`),
    state: ({ state, endedAt }) => t(state !== 'closed' && endedAt !== undefined ? 'states.ended' : `states.${state}`),
    where: ({ where, details }) => {
      const event = eventOf({ where });
      if (event !== undefined) return findings('event', { event });
      const block = /^block (\d+)$/.exec(where)?.[1];
      if (block !== undefined) return findings('block', { block: Number(block) });
      if (where === 'further streams') return t('places.furtherStreams');
      if (where.startsWith('stream ')) return streamWords(t, { where, details });
      const [, place, name = ''] =
        /^(disk of|segment|duty|channel|format|rule|alert|host|review) (.+)$/.exec(where) ?? [];
      if (place === 'disk of') return t('places.disk', { name });
      if (place === 'alert') {
        const rule = titleOf(String(details['rule']));
        return rule === undefined ? t('places.alert') : t('places.alertOf', { rule });
      }
      if (place === 'review') return t('places.review', { day: name });
      if (place === 'rule') return t('places.rule', { name: titleOf(name) ?? name });
      if (place === 'format') return t('places.format', { name });
      if (place === 'host') return t('places.host', { name });
      if (place === 'segment') return t('places.segment', { name });
      if (place === 'duty') {
        const duty = name as 'verification';
        return t('places.duty', { name: duties.has(duty) ? duties(duty) : name });
      }
      if (place === 'channel') return t('places.channel', { name: String(details['channel'] ?? name) });
      const key = `places.${where}` as 'places.index';
      return /^[a-z-]+$/.test(where) && t.has(key) ? t(key) : where;
    },
    cause: ({ kind, cause }) => {
      const key = `causes.${cause}` as 'causes.timeout';
      if (/^[a-z-]+$/.test(cause) && t.has(key)) return t(key);
      if (kind === 'integrity-mismatch') return findingWord(findings, { code: cause });
      const status = /^http-(\d+)$/.exec(cause)?.[1];
      return status === undefined ? cause : t('httpStatus', { status });
    },
  };
}

/** The incident's own details name the stream whole; its place, which may be cut, where they are not at hand. */
function streamWords(
  t: ReturnType<typeof useTranslations<'incidents'>>,
  { where, details }: Pick<Incident, 'where' | 'details'>,
): string {
  const [, group = '', ...rest] = where.split(' ');
  const { logGroup = group, logStream = rest.join(' ') } = details;
  return t('places.stream', { group: String(logGroup), stream: String(logStream) });
}
