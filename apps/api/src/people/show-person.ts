import { explainReason, type Reason, type Resolution } from '@akashi/attribution';
import type { PersonAnswer, ReasonAnswer } from '@akashi/contracts';

type Language = 'ja' | 'en';

export function showReasons(because: readonly Reason[], language: Language): ReasonAnswer[] {
  return because.map((reason) => ({
    master: reason.master,
    row: reason.row,
    text: explainReason(reason, language),
  }));
}

export function showPerson(resolution: Resolution | undefined, language: Language): PersonAnswer | null {
  if (resolution === undefined) return null;
  const [other, ...others] = resolution.conflict ?? [];
  if (other === undefined) return show(resolution, language);
  const more = others.length === 0 ? {} : { others: others.map((each) => show(each, language)) };
  return { ...show(resolution, language), conflict: { ...show(other, language), ...more } };
}

function show({ person, name, certainty, because }: Omit<Resolution, 'conflict'>, language: Language) {
  return { id: person, name, certainty, because: showReasons(because, language) };
}
