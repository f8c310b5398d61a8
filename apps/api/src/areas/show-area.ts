import type { AreaAnswer, AreaInput } from '@akashi/contracts';
import type { Area, AreaValues } from '@akashi/database';
import { riskAnalysisDueOn } from '@akashi/policy';

export function areaValues(wanted: AreaInput): AreaValues {
  const { riskAnalysis, riskReviewedOn, hours } = wanted;
  const lists = { logGroups: wanted.logGroups, logStreams: wanted.logStreams, sources: wanted.sources };
  const once = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...new Set(list)]]));
  return {
    ...(once as typeof lists),
    hosts: [...new Set(wanted.hosts)],
    name: wanted.name,
    category: wanted.category,
    frequency: wanted.frequency,
    riskAnalysis: riskAnalysis === undefined || riskAnalysis === '' ? null : riskAnalysis,
    riskReviewedOn: riskReviewedOn ?? null,
    reviewers: [...new Set(wanted.reviewers)],
    approvers: [...new Set(wanted.approvers)],
    hours: hours ?? null,
  };
}

export function showArea(area: Area): AreaAnswer {
  const { riskAnalysis, riskReviewedOn, hours, createdAt, changedAt, endedAt, ...rest } = area;
  return {
    ...rest,
    category: rest.category as AreaAnswer['category'],
    frequency: rest.frequency as AreaAnswer['frequency'],
    logGroups: [...rest.logGroups],
    logStreams: [...rest.logStreams],
    sources: [...rest.sources],
    hosts: [...rest.hosts],
    reviewers: [...rest.reviewers],
    approvers: [...rest.approvers],
    ...(riskAnalysis === null ? {} : { riskAnalysis }),
    ...(riskReviewedOn === null ? {} : { riskReviewedOn, riskDueOn: riskAnalysisDueOn(riskReviewedOn) }),
    ...(hours === null ? {} : { hours: { ...hours, days: [...hours.days] } }),
    isEnded: endedAt !== null,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
