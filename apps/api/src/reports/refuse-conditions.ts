import type { DefinitionProblem } from '@akashi/report';
import { AppError } from '@akashi/server-kit';
import type { RequestContext } from '../request-context/request-context.ts';
import { readQuery } from '../selection/read-selection.ts';

const peopleWords = {
  ja: 'person: はレポートの条件に使えません。人物は、イベントを読み取ったあとで分かるためです。',
  en: 'person: cannot be a condition of a report: people are known only once its events have been read.',
};

/** Throws for the first condition that cannot be read: the sentence of the search page, and `params.field` for where. */
export function refuseConditions(
  context: RequestContext,
  problems: readonly DefinitionProblem[],
  subject: object,
): void {
  const [first] = problems;
  if (first === undefined) return;
  const params = { field: first.at };
  if (first.code !== 'people-not-possible') {
    try {
      readQuery({ ...context, timeZone: 'UTC' }, String(valueAt(subject, first.at)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, { ...error.details, params: { ...error.details.params, ...params } });
    }
  }
  const { code: reason, position } = first;
  const detail = reason === 'people-not-possible' ? peopleWords[context.language] : undefined;
  throw new AppError('query-unreadable', { reason, position, params, detail });
}

/** `flags.2.where` of a definition. */
function valueAt(subject: object, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], subject);
}
