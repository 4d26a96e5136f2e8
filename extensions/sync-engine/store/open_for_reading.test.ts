import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeClock } from "../platform/testing/fake_clock.ts";
import { DATABASE_NAME } from "./open_database.ts";
import { openStore, openStoreForReading } from "./store.ts";
import * as v from "valibot";

let dir = "";
beforeEach(() => void (dir = Deno.makeTempDirSync()));
afterEach(() => Deno.removeSync(dir, { recursive: true }));

const clock = new FakeClock();

test("openStoreForReading() sees what another connection writes, and refuses to write", () => {
  const writer = openStore({ dir, clock });
  writer.settings.set("a", v.number(), 1);
  const reader = openStoreForReading({ dir, clock });
  writer.settings.set("a", v.number(), 2);
  expect(reader.settings.get("a", v.number(), 0)).toBe(2);
  expect(reader.assets.query()).toEqual({ rows: [], total: 0 });
  expect(reader.check()).toBeNull();
  expect(() => reader.settings.set("a", v.number(), 3)).toThrow(
    expect.objectContaining({ kind: "permission" }),
  );
  reader.close();
  writer.close();
});

test("openStoreForReading() reads a library that nobody works on", () => {
  const writer = openStore({ dir, clock });
  writer.settings.set("a", v.number(), 1);
  writer.close();
  const reader = openStoreForReading({ dir, clock });
  expect(reader.settings.get("a", v.number(), 0)).toBe(1);
  reader.close();
  openStore({ dir, clock }).close();
  expect([...Deno.readDirSync(dir)].map(({ name }) => name)).toEqual([DATABASE_NAME]);
});

test("openStoreForReading() is empty where there is no database, and makes none", () => {
  const reader = openStoreForReading({ dir: join(dir, "nowhere"), clock });
  expect(reader.assets.summary({}).assets).toBe(0);
  reader.close();
  expect([...Deno.readDirSync(dir)]).toEqual([]);
});

test("openStoreForReading() leaves a damaged database where it is", () => {
  const path = join(dir, DATABASE_NAME);
  Deno.writeTextFileSync(path, "no database at all, ".repeat(100));
  expect(() => openStoreForReading({ dir, clock })).toThrow(
    expect.objectContaining({ kind: "integrity", message: expect.stringMatching(/next sync/) }),
  );
  expect([...Deno.readDirSync(dir)].map(({ name }) => name)).toEqual([DATABASE_NAME]);
});

test("openStoreForReading() asks for a newer program, or for a sync of an older library", () => {
  openStore({ dir, clock }).close();
  const path = join(dir, DATABASE_NAME);
  const bytes = Deno.readFileSync(path);
  for (const [version, message] of [[999, /newest version/], [0, null]] as const) {
    // Where SQLite keeps `user_version`: https://www.sqlite.org/fileformat.html
    new DataView(bytes.buffer).setUint32(60, version);
    Deno.writeFileSync(path, bytes);
    if (message) {
      expect(() => openStoreForReading({ dir, clock })).toThrow(message);
    } else {
      const reader = openStoreForReading({ dir, clock });
      expect(reader.assets.summary({}).assets).toBe(0);
      reader.close();
    }
  }
});
