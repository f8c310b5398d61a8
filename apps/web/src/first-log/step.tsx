import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';

export type StepState = 'done' | 'now' | 'later';

interface StepProps {
  number: number;
  title: string;
  state: StepState;
  children?: ReactNode;
}

/** One step of a way: what is done is told in a line, what is due is open, what comes later only has its name. */
export function Step({ number, title, state, children }: StepProps) {
  const t = useTranslations('firstLog.states');
  return (
    <li
      className="grid grid-cols-[32px_minmax(0,1fr)] border-b border-line py-4"
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <span
        aria-hidden
        className={`flex size-6 items-center justify-center rounded-full border text-meta ${
          state === 'now'
            ? 'border-accent bg-accent text-on-accent'
            : state === 'done'
              ? 'border-good text-good'
              : 'border-edge text-muted'
        }`}
      >
        {state === 'done' ? <Check size={14} /> : number}
      </span>
      <div className="grid gap-3">
        <h2 className={`min-h-6 ${state === 'later' ? 'text-muted' : 'font-medium'}`}>
          {title}{' '}
          <span className={state === 'done' ? 'text-meta font-normal text-good' : 'visually-hidden'}>{t(state)}</span>
        </h2>
        {state !== 'later' && children}
      </div>
    </li>
  );
}
