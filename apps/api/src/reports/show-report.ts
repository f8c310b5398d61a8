import type { ReportAnswer, ReportDefinitionInput } from '@akashi/contracts';
import type { ReportRun, ReportVersion } from '@akashi/database';
import type { DefinitionInForce, ReportDefinition } from '@akashi/report';

type Content = Omit<ReportDefinitionInput, 'basedOn'>;

/** A definition without what the product gives it, as it is taken and kept. */
export function definitionContent({
  id: _id,
  number: _number,
  version: _version,
  ...content
}: ReportDefinition): Content {
  return structuredClone(content) as Content;
}

export function showReport(
  { definition, isOwn, isChanged }: DefinitionInForce,
  { saved, runs }: { readonly saved: readonly ReportVersion[]; readonly runs: readonly ReportRun[] },
): ReportAnswer {
  const { id, number, version } = definition;
  const made = isOwn || isChanged ? saved.find((each) => each.id === id && each.version === version) : undefined;
  return {
    id,
    number,
    version,
    ...definitionContent(definition),
    isOwn,
    isChanged,
    ...(made === undefined ? {} : { changedBy: made.madeBy, changedAt: made.madeAt.toISOString() }),
    newestRun: showNewest(runs.filter((run) => run.report === id)),
  };
}

function showNewest(runs: readonly ReportRun[]): ReportAnswer['newestRun'] {
  const [newest] = runs.toSorted((one, other) => other.createdAt.getTime() - one.createdAt.getTime());
  if (newest === undefined) return null;
  const { id, day, createdAt, flagged } = newest;
  return { id, day, createdAt: createdAt.toISOString(), flagged };
}
