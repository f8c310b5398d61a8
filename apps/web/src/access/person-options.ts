import type { Member } from '@akashi/contracts';
import type { Option } from '../forms/select-field.tsx';

/** People to choose from, by name and address; whoever has left is not among them. */
export function personOptions(people: readonly Member[]): Option[] {
  return people
    .filter(({ disabledAt }) => disabledAt === null)
    .map(({ id, name, email }) => ({ id, label: name === '' ? email : `${name} (${email})` }));
}
