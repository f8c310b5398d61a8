import { permissionsOf } from '@akashi/policy';
import { describe, expect, it } from 'vitest';
import { changeBy, findingSteps } from './finding-step.ts';

const owner = { id: 'sato', name: 'Sato' };
const reviewer = { id: 'sato', permissions: permissionsOf('reviewer') };
const approver = { id: 'suzuki', permissions: permissionsOf('approver') };
const auditor = { id: 'kansa', permissions: permissionsOf('auditor') };

describe('the steps of a finding', () => {
  it('lead from its owner to an approver and back, until somebody else closes it', () => {
    expect(findingSteps({ state: 'open', owner }, reviewer)).toEqual(['resolve', 'escalate', 'comment']);
    expect(findingSteps({ state: 'escalated', owner }, approver)).toContain('instruct');
    expect(findingSteps({ state: 'escalated', owner }, reviewer)).not.toContain('instruct');
    expect(findingSteps({ state: 'resolved', owner }, reviewer)).toEqual(['comment']);
    expect(findingSteps({ state: 'resolved', owner }, approver)).toContain('close');
  });

  it('do not let others than its owner resolve it, besides those who approve', () => {
    expect(findingSteps({ state: 'open', owner: null }, reviewer)).not.toContain('resolve');
    expect(findingSteps({ state: 'open', owner }, approver)).toContain('resolve');
  });

  it('are none once it is closed, and none for those who only read', () => {
    expect(findingSteps({ state: 'closed', owner }, approver)).toEqual([]);
    expect(findingSteps({ state: 'open', owner }, auditor)).toEqual([]);
  });

  it('send what was said and nothing that was not', () => {
    const words = { text: ' see it ', action: ' locked ', outcome: 'none' };
    expect(changeBy('escalate', words)).toEqual({ escalate: 'see it' });
    expect(changeBy('resolve', words)).toEqual({ state: 'resolved', action: 'locked', outcome: 'none' });
    expect(changeBy('close', { ...words, text: ' ' })).toEqual({ state: 'closed' });
  });
});
