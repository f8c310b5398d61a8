import { scopeOfArea, type ScopePart } from '@akashi/policy';
import type { Area } from '../areas.ts';
import type { OrganisationSettings } from '../organisation.ts';
import type { ReviewSettings } from '../review-settings.ts';
import type { ReportBasis, RunArea } from './report-run.ts';

/** What runs of an organisation go by now. */
export interface BasisOfNow {
  readonly organisation: Pick<OrganisationSettings, 'timeZone' | 'language' | 'nameJa' | 'nameEn'>;
  readonly settings: ReviewSettings;
}

/** The same frozen for a run: of an area, or of what is named by log groups. */
export function reportBasis(
  { organisation, settings }: BasisOfNow,
  of: { readonly area: Area } | { readonly scope: readonly ScopePart[] },
): ReportBasis {
  const { cardData, watchedObjects } = settings;
  return {
    scope: 'area' in of ? scopeOfArea(of.area).parts : of.scope,
    timeZone: organisation.timeZone,
    language: organisation.language === 'en' ? 'en' : 'ja',
    organisation: { ja: organisation.nameJa, en: organisation.nameEn },
    hours: ('area' in of ? of.area.hours : null) ?? settings.hours,
    tags: { cardData, watchedObjects },
  };
}

export function runAreaOf({ id, name, logGroups, logStreams, sources, hosts }: Area): RunArea {
  return { id, name, logGroups, logStreams, sources, hosts };
}
