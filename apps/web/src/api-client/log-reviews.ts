import type {
  CalendarAnswer,
  CalendarDay,
  ItemResult,
  LogReviewAnswer,
  ReportRowAnswer,
  ReviewDelegation,
  ReviewItemAnswer,
  ReviewSigning,
  SigningOptions,
  SigningOptionsRequest,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type LogReview = LogReviewAnswer;
export type ReviewItem = ReviewItemAnswer;
export type ReportRow = ReportRowAnswer;
export type SignedAction = SigningOptionsRequest['action'];
export type { CalendarDay, ItemResult, ReviewSigning, SigningOptions, SigningOptionsRequest };

const dayPath = (day: string) => `/v1/log-reviews/${encodeURIComponent(day)}`;
const itemPath = ({ day, item }: ItemPlace) => `${dayPath(day)}/items/${encodeURIComponent(item)}`;

export interface ItemPlace {
  day: string;
  item: string;
}

export interface Days {
  from: string;
  to: string;
}

export async function readCalendar({ from, to }: Days, signal: AbortSignal): Promise<CalendarDay[]> {
  return (await callApi<CalendarAnswer>({ path: `/v1/log-reviews?from=${from}&to=${to}`, signal })).items;
}

export function readLogReview(day: string, signal: AbortSignal): Promise<LogReview> {
  return callApi({ path: dayPath(day), signal });
}

export function decideItem(place: ItemPlace, body: ItemResult): Promise<LogReview> {
  return callApi({ method: 'POST', path: itemPath(place), body });
}

/** The item was open on the person's screen for so many seconds. */
export function noteItemLook(place: ItemPlace, seconds: number): Promise<unknown> {
  return callApi({ method: 'POST', path: `${itemPath(place)}/look`, body: { seconds } });
}

export function decideItems(day: string, items: readonly string[]): Promise<LogReview> {
  return callApi({ method: 'POST', path: `${dayPath(day)}/bulk`, body: { items } });
}

export function readSigningOptions(day: string, body: SigningOptionsRequest): Promise<SigningOptions> {
  return callApi({ method: 'POST', path: `${dayPath(day)}/signing-options`, body });
}

export function signReview(day: string, action: SignedAction, body: ReviewSigning): Promise<unknown> {
  return callApi({ method: 'POST', path: `${dayPath(day)}/${action}`, body });
}

export function delegateReview(day: string, body: ReviewDelegation): Promise<LogReview> {
  return callApi({ method: 'POST', path: `${dayPath(day)}/delegate`, body });
}

/** The address of the log review record as a file. */
export function recordPath(day: string, format: 'json' | 'pdf', language: string): string {
  return `${dayPath(day)}/record?format=${format}&language=${language}`;
}
