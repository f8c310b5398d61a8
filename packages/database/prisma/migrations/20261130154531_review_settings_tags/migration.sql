-- What an organisation calls card data, and which objects it watches: conditions of the query language; empty: none.
ALTER TABLE "review_settings" ADD COLUMN "card_data" TEXT NOT NULL;
ALTER TABLE "review_settings" ADD COLUMN "watched_objects" TEXT NOT NULL;
