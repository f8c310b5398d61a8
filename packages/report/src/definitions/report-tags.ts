/** What an organisation calls card data and which objects it watches, as conditions of the query language. */
export interface ReportTags {
  /** Events that fulfil it are access to card data, beside those of the class. Empty: only those. */
  readonly cardData: string;
  /** System objects that do not fulfil it are left out. Empty: none is. */
  readonly watchedObjects: string;
}

/** To begin with: whatever is named after cards. */
export const usualTags: ReportTags = {
  cardData:
    'database.object:(*card* OR *カード*) OR database.statement:(*card* OR *CARD*) OR file.path:(*card* OR *カード*)',
  watchedObjects: '',
};
