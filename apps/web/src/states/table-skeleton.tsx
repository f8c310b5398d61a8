'use client';

import { useEffect, useState } from 'react';

/** Not before this: a quick answer must not flash. */
const delayMilliseconds = 150;

export function TableSkeleton() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), delayMilliseconds);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div aria-busy>
      {shown && (
        <div aria-hidden className="overflow-hidden px-3 pt-7">
          {Array.from({ length: 24 }, (_, index) => (
            <div key={index} className="flex h-7 items-center gap-3">
              <span className="h-2.5 w-40 bg-line" />
              <span className="h-2.5 w-24 bg-line" />
              <span className="h-2.5 w-20 bg-line" />
              <span className="h-2.5 bg-line" style={{ width: `${30 + ((index * 37) % 50)}%` }} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
