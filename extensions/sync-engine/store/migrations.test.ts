import { afterEach, beforeEach, expect, test } from "vitest";
import { readdirSync, readFileSync } from "node:fs";
import { Database } from "./database.ts";
import { Parts } from "./parts.ts";
import { migrate, SCHEMA_VERSION, schemaVersion } from "./migrations.ts";
import schema from "../../../schema.sql?raw" with { type: "text" };

let dir: string;
let db: Database;
beforeEach(() => {
  dir = Deno.makeTempDirSync();
  db = new Database(`${dir}/test.db`);
});
afterEach(() => {
  db.close();
  Deno.removeSync(dir, { recursive: true });
});

/** All that makes a schema, comments and layout aside. */
function shape(of: Database): unknown {
  const tables = of.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  return {
    objects: of.all("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"),
    columns: tables.map(({ name }) =>
      of.all("SELECT ?1 AS t, * FROM pragma_table_xinfo(?1)", String(name))
    ),
    version: schemaVersion(of),
  };
}

function newest(): unknown {
  const fresh = new Database(":memory:");
  fresh.exec(`${schema}; PRAGMA user_version = ${SCHEMA_VERSION}`);
  const result = shape(fresh);
  fresh.close();
  return result;
}

const V1 = "CREATE TABLE a (x TEXT) STRICT;";
const V3 = "CREATE TABLE a (x TEXT, y TEXT) STRICT; CREATE TABLE b (z TEXT) STRICT;";
const MIGRATIONS = [
  { to: 2, sql: "ALTER TABLE a ADD COLUMN y TEXT; UPDATE a SET y = x" },
  { to: 3, sql: "CREATE TABLE b (z TEXT) STRICT" },
];
const THREE = { schema: V3, version: 3, migrations: MIGRATIONS };

test("migrate() gives an empty database exactly schema.sql", () => {
  migrate(db);
  expect(shape(db)).toEqual(newest());
});

// A release keeps its schema.sql as testdata/schema-v<N>.sql.
const released = readdirSync(new URL("./testdata/", import.meta.url))
  .filter((name) => /^schema-v\d+\.sql$/.test(name));

test.each(released)("migrate() leads the released %s to exactly schema.sql", (name) => {
  db.exec(readFileSync(new URL(`./testdata/${name}`, import.meta.url), "utf8"));
  db.exec(`PRAGMA user_version = ${/\d+/.exec(name)?.[0]}`);
  migrate(db);
  expect(shape(db)).toEqual(newest());
});

test("migrate() does nothing to a database of the newest version", () => {
  migrate(db);
  migrate(db, { backup: () => expect.unreachable() });
});

test("migrate() runs what is missing, in order, after one backup", () => {
  migrate(db, { schema: V1, version: 1 });
  db.run("INSERT INTO a VALUES ('kept')");
  const backups: number[] = [];
  migrate(db, { ...THREE, backup: (version) => backups.push(version) });
  expect(backups).toEqual([1]);
  expect(db.all("SELECT * FROM a")).toEqual([{ x: "kept", y: "kept" }]);
  expect(schemaVersion(db)).toBe(3);
});

test("migrate() changes nothing when a migration fails", () => {
  migrate(db, { schema: V1, version: 1 });
  const before = shape(db);
  const migrations = [...MIGRATIONS.slice(0, 1), { to: 3, sql: "CREATE TABLE a (again TEXT)" }];
  expect(() => migrate(db, { ...THREE, migrations })).toThrow(/already exists/);
  expect(shape(db)).toEqual(before);
});

test("migrate() does not touch the database when the backup fails", () => {
  migrate(db, { schema: V1, version: 1 });
  const before = shape(db);
  const backup = () => {
    throw new Error("disk full");
  };
  expect(() => migrate(db, { ...THREE, backup })).toThrow("disk full");
  expect(shape(db)).toEqual(before);
});

test("migrate() refuses a newer database, and one that no migration starts from", () => {
  migrate(db, { schema: V1, version: 1 });
  db.exec("PRAGMA user_version = 9");
  expect(() => migrate(db, THREE)).toThrow(/version is 9/);
  db.exec("PRAGMA user_version = 1");
  expect(() => migrate(db, { ...THREE, migrations: MIGRATIONS.slice(1) })).toThrow(/no way known/);
});

test("migrate() takes the descriptions along from version 1", () => {
  db.exec(readFileSync(new URL("./testdata/schema-v1.sql", import.meta.url), "utf8"));
  db.exec(`PRAGMA user_version = 1;
    INSERT INTO assets (id, provider, title, description, revision, ref, added_at, seen_scan, title_key, creator_key,
      updated_key)
    VALUES ('a', 'p', 't', 'A dragon', '1', '', 0, 0, '', '', 0), ('b', 'p', 't', NULL, '1', '', 0, 0, '', '', 0)`);
  migrate(db);
  expect(db.all("SELECT * FROM descriptions")).toEqual([{ number: 1, text: "A dragon" }]);
});

test("migrate() takes partial files along from version 2, with the size of their chunks but not their hashes, which were of another kind", () => {
  db.exec(readFileSync(new URL("./testdata/schema-v2.sql", import.meta.url), "utf8"));
  db.exec(`PRAGMA user_version = 2;
    INSERT INTO assets (id, provider, title, revision, ref, added_at, seen_scan, title_key, creator_key, updated_key)
    VALUES ('a', 'p', 't', '1', '', 0, 0, '', '', 0);
    INSERT INTO files (id, asset_id, provider, kind, name, path, path_key, revision, ref)
    VALUES ('f', 'a', 'p', 'model', 'n', 'n', 'n', '1', '');
    INSERT INTO parts (file_id, revision, validator, size) VALUES ('f', '1', '"v"', 9000000);
    INSERT INTO chunks (file_id, n, sha256) VALUES ('f', 1, x'07')`);
  migrate(db);
  expect(new Parts(db).get("f")).toMatchObject({
    validator: '"v"',
    chunkSize: 4 * 1024 * 1024,
    chunks: new Map(),
  });
});
