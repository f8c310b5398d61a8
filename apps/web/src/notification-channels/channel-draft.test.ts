import { expect, it } from 'vitest';
import type { Channel } from '../api-client/incidents.ts';
import {
  changeOf,
  draftOf,
  newDraft,
  readMinutes,
  settingsOf,
  withDigest,
  withEscalation,
  withHours,
} from './channel-draft.ts';

const channel: Channel = {
  id: '11111111-1111-4111-8111-111111111111',
  kind: 'mail',
  name: 'desk',
  target: 'desk@example.jp',
  kinds: ['unparsed'],
  minimalSeverity: 'high',
  hours: { days: [1], fromMinute: 60, untilMinute: 120 },
  digestMinute: 30,
  areaId: '22222222-2222-4222-8222-222222222222',
  escalation: { channelId: '33333333-3333-4333-8333-333333333333', afterMinutes: 15 },
  enabled: true,
  createdAt: '2026-11-30T00:00:00Z',
};

it('keeps what a channel is told of, and can take all of it away', () => {
  const {
    id: _id,
    kind: _kind,
    name: _name,
    target: _target,
    enabled: _enabled,
    createdAt: _at,
    ...settings
  } = channel;
  expect(changeOf(draftOf(channel))).toEqual(settings);
  const none = { kinds: [], minimalSeverity: 'low', hours: null, digestMinute: null, areaId: null, escalation: null };
  expect(changeOf(newDraft())).toEqual(none);
  expect(settingsOf(newDraft())).toEqual({ kinds: [], minimalSeverity: 'low' });
});

it('tells the next one only with a name and a time', () => {
  const draft = withEscalation(newDraft(), true);
  expect(changeOf(draft).escalation).toBeNull();
  const named = { ...draft, escalation: { channelId: channel.id, afterMinutes: '30' } };
  expect(changeOf(named).escalation).toEqual({ channelId: channel.id, afterMinutes: 30 });
  for (const text of ['', '4', '1441', '5.5', '-30', 'x']) {
    expect(readMinutes(text), text).toBeNull();
  }
});

it('begins with hours and a digest that may stand', () => {
  const draft = withDigest(withHours(newDraft(), true), true);
  expect(draft.digestMinute).toBe(480);
  expect(withDigest(withHours(draft, false), false)).toEqual(newDraft());
});
