import type { RuleMatch } from '../matching/rule-match.ts';
import type { AbsenceRule } from '../rules/rule.ts';
import type { Hit } from './key-state.ts';
import { cutHits, insertHit, isBefore, stillWaiting, waitsUntil } from './waiting-hits.ts';
import { least, secondUs, type WorkingMemory } from './working-memory.ts';

/** The step of what is waited after, and of what is expected. */
const after = 0;
const expected = 1;

/** What did not come in time is told once a block was made after its time: only then everything before is in the log. */
export function decideAbsence(memory: WorkingMemory, rule: AbsenceRule, matches: readonly RuleMatch[]): void {
  if (rule.after === undefined) decideRhythm(memory, rule, matches);
  else decideAnswers(memory, rule, matches);
}

/** At least once in each period; one alert for a silence, however long it lasts. */
function decideRhythm(memory: WorkingMemory, rule: AbsenceRule, matches: readonly RuleMatch[]): void {
  const periodUs = rule.withinSeconds * secondUs;
  const came = matches.map((match) => memory.hitOf(match)).toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  for (const hit of came) {
    const lastUs = lastOf(memory);
    if (lastUs !== null && hit.us <= lastUs) continue;
    if (lastUs !== null && !memory.isSilent && hit.us > lastUs + periodUs) tellSilence(memory, lastUs + periodUs);
    memory.last = hit;
    memory.isSilent = false;
  }
  const lastUs = lastOf(memory);
  if (lastUs === null || memory.isSilent || memory.createdUs <= lastUs + periodUs) return;
  tellSilence(memory, lastUs + periodUs);
  memory.isSilent = true;
}

function tellSilence(memory: WorkingMemory, dueUs: number): void {
  memory.tell(memory.last === null ? [] : [memory.last], { us: [dueUs, dueUs], count: 1 });
}

/** Without key fields the wait begins with the rule; else with the first event of the key. */
function lastOf({ last, inForce: { rule, sinceUs } }: WorkingMemory): number | null {
  return last?.us ?? (rule.key.length === 0 ? sinceUs : null);
}

/** After each event of one kind one of the other kind, which answers all that wait. Either may be taken in late. */
function decideAnswers(memory: WorkingMemory, rule: AbsenceRule, matches: readonly RuleMatch[]): void {
  const periodUs = rule.withinSeconds * secondUs;
  const asked = [...(memory.waiting[after] ?? [])];
  const answers = stillWaiting(memory.waiting[expected] ?? [], periodUs, memory.createdUs);
  for (const match of matches) insertHit(match.step === after ? asked : answers, memory.hitOf(match));
  const open = asked.filter((hit) => !answers.some((answer) => isAnswer(answer, hit, periodUs)));
  const late = open.filter(({ us }) => memory.createdUs > us + periodUs);
  for (const hit of late) memory.tell([hit], { us: [hit.us + periodUs, hit.us + periodUs], count: 1 });
  const told = new Set(late);
  const waiting = open.filter((hit) => !told.has(hit));
  memory.dropped += cutHits(waiting);
  memory.dropped += cutHits(answers);
  memory.waiting = [waiting, answers];
}

function isAnswer(answer: Hit, { us, n }: Hit, periodUs: number): boolean {
  return answer.us >= us && answer.n !== n && answer.us <= us + periodUs;
}

/** The first moment after which a block has something to tell, or something to forget. */
export function absenceDueUs(memory: WorkingMemory, rule: AbsenceRule): number | null {
  const periodUs = rule.withinSeconds * secondUs;
  if (rule.after === undefined) {
    const lastUs = lastOf(memory);
    return lastUs === null || memory.isSilent ? null : lastUs + periodUs;
  }
  const [asked = [], answers = []] = memory.waiting;
  return least([...asked.map(({ us }) => us + periodUs), ...answers.map((hit) => waitsUntil(hit, periodUs))]);
}
