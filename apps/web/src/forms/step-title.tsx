'use client';

import { useEffect, useRef, type ReactNode } from 'react';

/** The title of a step. A step that follows another takes the focus, so that it is read out before its fields. */
export function StepTitle({ children, takesFocus = true }: { children: ReactNode; takesFocus?: boolean }) {
  const title = useRef<HTMLHeadingElement>(null);
  const first = useRef(takesFocus);
  useEffect(() => {
    if (first.current) title.current?.focus();
  }, []);
  return (
    <h1 ref={title} tabIndex={-1} className="mb-4 text-title outline-none">
      {children}
    </h1>
  );
}
