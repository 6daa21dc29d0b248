import type { Migration } from './index.ts'

export const deliveryParts: Migration = {
  version: 11,
  name: 'delivery-parts',
  up: [
    // Apart from the row: SQLite writes the whole of a row anew whatever changes in it, and these may be long.
    `CREATE TABLE delivery_parts (
      delivery_id TEXT NOT NULL REFERENCES deliveries (id),
      part TEXT NOT NULL CHECK (part IN ('contents', 'plan')),
      value TEXT NOT NULL,
      PRIMARY KEY (delivery_id, part)
    ) STRICT`,
    `INSERT INTO delivery_parts SELECT id, 'contents', json_extract(made, '$.contents') FROM deliveries
      WHERE json_type(made, '$.contents') = 'array'`,
    `INSERT INTO delivery_parts SELECT id, 'plan', json_remove(json_extract(made, '$.plan'), '$.placed')
      FROM deliveries WHERE json_type(made, '$.plan') = 'object'`,
    `UPDATE deliveries SET made = json_set(json_remove(made, '$.contents', '$.plan'), '$.placed',
      json(iif(json_extract(made, '$.plan.placed'), 'true', 'false')))`,
  ],
}
