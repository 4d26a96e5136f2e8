import { unzipSync } from "fflate";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startSimulator } from "../../providers/mmf/simulator/mod.ts";
import { openTestProfile } from "../support/profile.ts";

test("An archive is unpacked beside itself at the user's wish, once, and verifying knows it", async () => {
  const site = await startSimulator({ objects: 30, oddities: false });
  await using profile = await openTestProfile(site);
  const { engine } = profile;
  await engine.sync();
  const { rows } = engine.library.query({
    filter: {},
    sort: "title",
    descending: false,
    offset: 0,
    limit: 30,
  });
  const zip = rows.flatMap(({ id }) => engine.library.asset({ id }).fileRows)
    .find(({ name, state }) => name.endsWith(".zip") && state === "here");
  const id = zip?.id.split("/")[0] ?? "";
  const which = { assetId: id, fileIds: [zip?.id ?? ""] };

  const { folders: [first] } = await engine.unpacking.unpack(which);
  const archive = unzipSync(Deno.readFileSync(join(profile.root, zip?.path ?? "")));
  const inside = Object.entries(archive).filter(([name]) => !name.endsWith("/"));
  expect(first).toMatchObject({ wasHere: false, files: inside.length, skipped: [] });
  const [[name, bytes] = ["", new Uint8Array()]] = inside;
  expect(Deno.readFileSync(join(first?.folder ?? "", name))).toEqual(bytes);

  expect((await engine.unpacking.unpack(which)).folders).toMatchObject([{ wasHere: true }]);
  expect(await engine.verify()).toMatchObject({ extra: 0, missing: 0, hash: 0 });
  const other = rows.find((row) =>
    engine.library.asset({ id: row.id }).fileRows.every(({ name }) => !name.endsWith(".zip"))
  );
  await expect(engine.unpacking.unpack({ assetId: other?.id ?? "" })).rejects.toMatchObject({
    kind: "badInput",
  });
  await site.close();
});
