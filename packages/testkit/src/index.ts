export { createTestDatabase, type FormerDatabase, type TestDatabase } from './create-test-database.ts';
export { createTestSearch, type TestSearch } from './create-test-search.ts';
export { addKeyHolder, createTestTenant, hashKey, type TestTenant } from './create-test-tenant.ts';
export { freePortBase } from './free-ports.ts';
export { openOtherMachine, type OtherMachine } from './other-machine.ts';
export { findDatabaseServer, findSearchServer } from './real-services.ts';
export {
  createSoftwareAuthenticator,
  type Behaviour,
  type CredentialJson,
  type SoftwareAuthenticator,
} from './software-authenticator.ts';
export { TestOpenIdProvider, type ProviderPerson } from './test-open-id-provider.ts';
export { plantInEveryRoute, type DescribedRoutes, type PlantedRequest } from './plant-in-every-route.ts';
