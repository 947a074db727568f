/** What no check of this log can find. Said with every report, and in docs/audit-log.md. */
export const LIMITS: readonly string[] = [
  "Somebody with this user's rights holds the current epoch's key, and can rewrite the records since the last checkpoint without a trace.",
  'An old copy of everything at once (database, witness, journal, trail and key) looks intact, and so does a whole new log. Keep a head elsewhere and compare: audit head, audit verify --head.',
  'The log says what TinyCode recorded. What was done without TinyCode is not in it, nor is it checked whether a record was true.',
];
