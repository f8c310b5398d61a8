'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { CalendarDay, LogReview } from '../api-client/log-reviews.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { ApproverItems } from './approver-items.tsx';
import { DayFacts } from './day-facts.tsx';
import { DaySteps, type DayStep } from './day-steps.tsx';
import { KeyStrip } from './key-strip.tsx';
import { NoReview } from './no-review.tsx';
import { ReviewPaper } from './review-paper.tsx';
import { ReviewerItems } from './reviewer-items.tsx';
import { approverGroups, reviewerGroups } from './item-order.ts';
import { useCalendar } from './use-calendar.ts';
import { useDecide } from './use-decide.ts';
import { useLogReview } from './use-log-review.ts';
import { useTriage } from './use-triage.ts';

/** The review of one day, of which nothing is known yet. */
export function DayReview({ day }: { day: string }) {
  const entry = useCalendar({ from: day, to: day });
  return (
    <Answer of={entry} what="logReviews">
      {([found]) => <CalendarDayReview day={day} found={found} />}
    </Answer>
  );
}

/** The review of one day as the calendar says it: for the reviewer the worklist, for everybody else what is odd first. */
export function CalendarDayReview({ day, found }: { day: string; found: CalendarDay | undefined }) {
  if (found === undefined || found.state === 'not-due') return <NoReview day={day} reason={found?.reason} />;
  // The day is over, and its review is being made.
  return found.items === 0 ? <NoReview day={day} reason="being-made" /> : <DueReview day={day} />;
}

function DueReview({ day }: { day: string }) {
  const review = useLogReview(day);
  return (
    <Answer of={review} what="logReviews">
      {(found) => <Worklist review={found} />}
    </Answer>
  );
}

/** States in which results are still given. */
const workedOn: readonly LogReview['state'][] = ['open', 'returned', 'missed'];

function Worklist({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews');
  const session = useSession();
  const deciding = useDecide(review.day);
  const [asked, setAsked] = useState<DayStep | null>(null);
  const isWorkedOn = workedOn.includes(review.state);
  const forReviewer = reviewerGroups(review.items);
  const forApprover = approverGroups(review.items);
  const order = isWorkedOn
    ? [...forReviewer.needsLook, ...forReviewer.clear]
    : [...forApprover.exceptions, ...forApprover.differences, ...forApprover.asUsual];
  const triage = useTriage(order, deciding);
  // For how long items were looked at is part of what is signed: it stands still while somebody signs.
  const isCounted =
    asked === null &&
    review.state !== 'approved' &&
    (mayDo(session, 'reviews.perform') || mayDo(session, 'reviews.approve'));
  const shared = { review, deciding, triage, isCounted };
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5 print:hidden">
        {review.state === 'returned' && review.returnedComment !== null && (
          <p className="max-w-[72ch] border-l-2 border-attention pl-3 whitespace-pre-wrap">
            <span className="block text-meta text-attention">{t('said.returned')}</span>
            {review.returnedComment}
          </p>
        )}
        {isWorkedOn ? (
          <ReviewerItems groups={forReviewer} {...shared} />
        ) : (
          <ApproverItems groups={forApprover} {...shared} />
        )}
        <DaySteps review={review} asked={asked} onAsk={setAsked} />
        <DayFacts review={review} />
        <KeyStrip />
      </div>
      <ReviewPaper review={review} />
    </>
  );
}
