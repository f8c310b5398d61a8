export {
  allColumns,
  columnTypes,
  validityColumns,
  type ColumnType,
  type MasterColumn,
  type MasterDefinition,
  type TwoLanguages,
} from './masters/master-definition.ts';
export { intersection, isValidAt, type MasterRow, type Validity } from './masters/master-row.ts';
export { readAddress, readMac, readRange } from './masters/network-address.ts';
export {
  readPeriod,
  type PeriodFault,
  type PeriodResult,
  type TimeReading,
  type WrittenPeriod,
} from './masters/read-period.ts';
export { listedValues, readValue, sharedOf, type CellFault, type CellResult } from './masters/read-value.ts';
export { standardMaster, standardMasters } from './masters/standard-masters.ts';
export { foldName, plainText } from './masters/written-name.ts';
