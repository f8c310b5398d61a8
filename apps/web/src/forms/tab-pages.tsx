'use client';

import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';

interface TabPagesProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; label: string; content: () => ReactNode }[];
  /** The open tab. Keep it in the address, so that reloading and passing on show the same. */
  value: Id;
  onChange: (id: Id) => void;
}

/** Parts of one thing, one at a time; only the open one is drawn. */
export function TabPages<Id extends string>({ label, tabs, value, onChange }: TabPagesProps<Id>) {
  return (
    <Tabs selectedKey={value} onSelectionChange={(key) => onChange(key as Id)}>
      <TabList aria-label={label} className="flex overflow-x-auto border-b border-line">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="py-4">
          {tab.content()}
        </TabPanel>
      ))}
    </Tabs>
  );
}
