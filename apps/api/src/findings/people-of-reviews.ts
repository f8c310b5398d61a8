import type { TenantDatabase, User } from '@akashi/database';
import { isPermitted, namedPeople, type AreaPeople, type Permission } from '@akashi/policy';
import type { RecordPerson } from '@akashi/report/record';

/** An organisation's people, as reviews name them: by id, with the names that they have now. */
export class PeopleOfReviews {
  readonly #byId: ReadonlyMap<string, User>;

  private constructor(people: readonly User[]) {
    this.#byId = new Map(people.map((person) => [person.id, person]));
  }

  static async read(tenant: Pick<TenantDatabase, 'users'>): Promise<PeopleOfReviews> {
    return new PeopleOfReviews(await tenant.users.list());
  }

  /** Who is there and may do something. */
  active(id: string, permission: Permission): User | null {
    const person = this.#byId.get(id);
    if (person === undefined || person.disabledAt !== null) return null;
    return isPermitted(person.role, permission) ? person : null;
  }

  find(id: string): User | null {
    return this.#byId.get(id) ?? null;
  }

  /** As a record names a person; of one who is not known any more the name that was written down. */
  inRecord(id: string | null, name: string): RecordPerson {
    const person = id === null ? undefined : this.#byId.get(id);
    return { id: id ?? '', name: person?.displayName ?? name, email: person?.email ?? null };
  }

  /** Who works on the areas: those that they name, or everybody whose role allows it. */
  of(areas: readonly AreaPeople[], which: keyof AreaPeople): { id: string; name: string }[] {
    const permission = which === 'reviewers' ? 'reviews.perform' : 'reviews.approve';
    const named = namedPeople(areas, which);
    return [...this.#byId.values()]
      .filter(({ id }) => (named === null || named.includes(id)) && this.active(id, permission) !== null)
      .map(({ id, displayName }) => ({ id, name: displayName }));
  }
}
