/** SQL that makes an empty log of events, whose numbers begin at `first`. */
export function createTable(first = 1): string {
  return `CREATE SEQUENCE numbers START ${first};
    CREATE TABLE events (number BIGINT DEFAULT nextval('numbers'), user_id VARCHAR NOT NULL, item_id VARCHAR NOT NULL,
      "time" DOUBLE NOT NULL, event_id VARCHAR UNIQUE, received DOUBLE NOT NULL);`;
}
