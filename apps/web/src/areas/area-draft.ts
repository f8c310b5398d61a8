import type { Area, AreaInput } from '../api-client/areas.ts';
import { nameLines } from '../access/name-lines.ts';
import { areHours, type Hours } from './hours-text.ts';

/** An area while it is written; names and patterns as they are typed. */
export interface AreaDraft {
  name: string;
  category: Area['category'];
  logGroups: string;
  logStreams: string;
  sources: string[];
  hosts: string;
  frequency: Area['frequency'];
  riskAnalysis: string;
  riskReviewedOn: string;
  reviewers: string[];
  approvers: string[];
  /** Null: the organisation's. */
  hours: Hours | null;
}

export function newArea(logGroups: readonly string[] = []): AreaDraft {
  return {
    name: '',
    category: 'security-events',
    logGroups: logGroups.join('\n'),
    logStreams: '',
    sources: [],
    hosts: '',
    frequency: 'day',
    riskAnalysis: '',
    riskReviewedOn: '',
    reviewers: [],
    approvers: [],
    hours: null,
  };
}

export function draftOfArea(area: Area): AreaDraft {
  const { name, category, sources, frequency, reviewers, approvers } = area;
  return {
    name,
    category,
    sources,
    frequency,
    reviewers,
    approvers,
    logGroups: area.logGroups.join('\n'),
    logStreams: area.logStreams.join('\n'),
    hosts: area.hosts.join('\n'),
    riskAnalysis: area.riskAnalysis ?? '',
    riskReviewedOn: area.riskReviewedOn ?? '',
    hours: area.hours ?? null,
  };
}

/** What of a draft keeps it from being sent, by field. PCI DSS 10.4.2.1: a risk analysis says how often, where it is not daily. */
export function areaProblems(draft: AreaDraft): { hours: boolean; riskAnalysis: boolean; riskReviewedOn: boolean } {
  const needsRisk = frequencyOf(draft) !== 'day';
  return {
    hours: draft.hours !== null && !areHours(draft.hours),
    riskAnalysis: needsRisk && draft.riskAnalysis.trim() === '',
    riskReviewedOn: needsRisk && draft.riskReviewedOn === '',
  };
}

export function inputOfArea(draft: AreaDraft): AreaInput {
  const { name, category, sources, reviewers, approvers, hours } = draft;
  const riskAnalysis = draft.riskAnalysis.trim();
  const hasRisk = category === 'other';
  return {
    name: name.trim(),
    category,
    sources,
    reviewers,
    approvers,
    frequency: frequencyOf(draft),
    logGroups: nameLines(draft.logGroups),
    logStreams: nameLines(draft.logStreams),
    hosts: nameLines(draft.hosts),
    ...(hasRisk && riskAnalysis !== '' ? { riskAnalysis } : {}),
    ...(hasRisk && draft.riskReviewedOn !== '' ? { riskReviewedOn: draft.riskReviewedOn } : {}),
    ...(hours === null ? {} : { hours }),
  };
}

/** What PCI DSS 10.4.1 names is reviewed daily, whatever was chosen before. */
function frequencyOf({ category, frequency }: AreaDraft): Area['frequency'] {
  return category === 'other' ? frequency : 'day';
}

export type RiskState = 'none' | 'current' | 'soon' | 'overdue';

const soonDays = 30;

/** How the yearly risk analysis of an area stands, on a day of the organisation (`2026-11-30`). */
export function riskState(riskDueOn: string | undefined, today: string): RiskState {
  if (riskDueOn === undefined) return 'none';
  if (riskDueOn < today) return 'overdue';
  const left = (Date.parse(riskDueOn) - Date.parse(today)) / 86_400_000;
  return left <= soonDays ? 'soon' : 'current';
}
