-- Documents and packed lines are no texts: masking would take a long one for something to star.
ALTER TABLE "signing_intent"
  ALTER COLUMN "sealed" TYPE BYTEA USING convert_to("sealed"::text, 'UTF8'),
  ALTER COLUMN "kept" TYPE BYTEA USING convert_to("kept"::text, 'UTF8');
