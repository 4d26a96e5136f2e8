import { expect, test } from "vitest";
import { Database } from "./database.ts";

const TABLES = ["models"];

function opened() {
  const dir = Deno.makeTempDirSync();
  const open = () => {
    const db = new Database(`${dir}/test.db`);
    db.configure();
    return db;
  };
  const db = open();
  db.exec(`
    CREATE TABLE models (id INTEGER PRIMARY KEY, files INTEGER NOT NULL);
    CREATE TABLE files (id INTEGER PRIMARY KEY, model INTEGER NOT NULL);
    CREATE TABLE notes (text TEXT NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5 (text);
    CREATE TRIGGER files_added AFTER INSERT ON files BEGIN
      UPDATE models SET files = files + 1 WHERE id = new.model;
    END;
    INSERT INTO models VALUES (1, 0);
  `);
  return {
    db,
    open,
    [Symbol.dispose]() {
      db.close();
      Deno.removeSync(dir, { recursive: true });
    },
  };
}

test("Database.versionOf() stays while other tables are written", () => {
  using temp = opened();
  const { db } = temp;
  const before = db.versionOf(TABLES);
  db.all("SELECT * FROM models");
  db.run("INSERT INTO notes VALUES (?)", "a note");
  db.run("INSERT INTO words VALUES (?)", "a word");
  expect(db.versionOf(TABLES)).toBe(before);
});

test.each([
  ["a statement", (db: Database) => void db.run("UPDATE models SET files = 2")],
  ["a trigger", (db: Database) => void db.run("INSERT INTO files VALUES (1, 1)")],
  [
    "a statement that answers",
    (db: Database) => void db.get("UPDATE models SET files = 2 RETURNING id"),
  ],
  ["several statements at once", (db: Database) => db.exec("SELECT 1; DELETE FROM models")],
])("Database.versionOf() becomes another with %s, each time", (_name, change) => {
  using temp = opened();
  const { db } = temp;
  const seen = new Set([db.versionOf(TABLES)]);
  change(db);
  seen.add(db.versionOf(TABLES));
  db.exec("DELETE FROM files; INSERT OR IGNORE INTO models VALUES (1, 0)");
  seen.add(db.versionOf(TABLES));
  change(db);
  seen.add(db.versionOf(TABLES));
  expect(seen.size).toBe(4);
});

test("Database.versionOf() knows writes to a table that is an index of words", () => {
  using temp = opened();
  const { db } = temp;
  const before = db.versionOf(["words"]);
  db.run("INSERT INTO words VALUES (?)", "a word");
  expect(db.versionOf(["words"])).not.toBe(before);
});

test("Database.versionOf() is another one inside a transaction, and yet another when that is undone", () => {
  using temp = opened();
  const { db } = temp;
  const before = db.versionOf(TABLES);
  let inside = before;
  expect(() =>
    db.transaction(() => {
      db.run("UPDATE models SET files = 2");
      inside = db.versionOf(TABLES);
      throw new Error("stop");
    })
  ).toThrow("stop");
  expect(new Set([before, inside, db.versionOf(TABLES)]).size).toBe(3);
});

test("Database.versionOf() is another one when somebody else has written", () => {
  using temp = opened();
  const { db } = temp;
  const before = db.versionOf(TABLES);
  const other = temp.open();
  other.run("UPDATE models SET files = 2");
  other.close();
  expect(db.versionOf(TABLES)).not.toBe(before);
});
