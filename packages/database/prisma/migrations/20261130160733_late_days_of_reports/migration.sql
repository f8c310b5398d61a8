-- Days of which something came to be readable late: times and states, no content.
GRANT SELECT ("day", "from_at", "to_at", "read_at", "addendum_to") ON "report_run" TO akashi_platform;
