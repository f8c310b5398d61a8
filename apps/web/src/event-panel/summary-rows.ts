import { fieldText, type EventRecord } from '../api-client/event.ts';

/** The questions of an audit entry: who, when, from where, what kind, on what, with what result (PCI DSS 10.2.2). */
export const summaryQuestions = ['who', 'what', 'onWhat', 'fromWhere', 'result'] as const;
export type SummaryQuestion = (typeof summaryQuestions)[number];

export interface SummaryAnswer {
  field: string;
  text: string;
}

const fieldsOf: Record<SummaryQuestion, readonly string[]> = {
  who: ['user.name', 'user.id', 'user.effective.name', 'user.email', 'client.user.name'],
  what: ['event.action', 'event.category', 'process.command_line', 'http.request.method'],
  onWhat: ['host.name', 'user.target.name', 'file.path', 'url.path', 'url.original', 'service.name', 'process.name'],
  fromWhere: ['source.ip', 'source.address', 'source.port', 'process.tty.name'],
  result: ['event.outcome', 'event.reason', 'http.response.status_code', 'process.exit_code'],
};

/** What the event says to a question; empty when it says nothing, which the panel marks as missing. */
export function answersTo(question: SummaryQuestion, event: EventRecord): SummaryAnswer[] {
  return fieldsOf[question]
    .map((field) => ({ field, text: fieldText(event, field) }))
    .filter((answer) => answer.text !== '');
}
