import { DatabaseSync } from "node:sqlite";
import { dirname, join } from "node:path";
import { DATABASE_NAME } from "../../extensions/sync-engine/store/open_database.ts";
import { links } from "../hostile/polite.ts";
import { openWorld, type World } from "../hostile/world.ts";
import { askApp } from "./ask_app.ts";
import { DyingDisk } from "./dying_disk.ts";
import { Provenance } from "./provenance.ts";
import type { AppStep, Scenario, SiteStep, Step } from "./scenario.ts";
import { changes, readTree, type Tree } from "./tree.ts";
import { actAsUser } from "./user.ts";

type CrashStep = Extract<AppStep, { app: "crash" }>;

/** Where a scenario is played: a site, a user's home with the library in it, and the app. */
export class Stage implements AsyncDisposable {
  readonly world: World;
  readonly provenance = new Provenance();
  readonly #disk: DyingDisk;
  #tree: Tree = new Map();

  private constructor(world: World, disk: DyingDisk) {
    this.world = world;
    this.#disk = disk;
  }

  static async open({ owned, ...site }: Scenario["site"]): Promise<Stage> {
    const disk = new DyingDisk();
    const world = await openWorld({
      site: { objects: 10, ...site },
      watchFs: (fs) => disk.watch(fs),
      // Each step is over when it has ended.
      config: { fetchesByItself: false },
    });
    const stage = new Stage(world, disk);
    const { world: objects } = world.simulator;
    for (const id of objects.objectIds()) if (!owned.includes(id)) objects.revokeObject(id);
    stage.#learn();
    return stage;
  }

  get home(): string {
    return dirname(this.world.profile.root);
  }

  /** Does what the step says; tells it, and what it changed on the disk. */
  async play(step: Step): Promise<string[]> {
    const told = await this.#act(step);
    const before = this.#tree;
    this.#tree = this.tree();
    return [...told, ...changes(before, this.#tree)];
  }

  tree(): Tree {
    const folders = [...Deno.readDirSync(this.home)].map(({ name }) => name);
    return readTree(this.home, folders.filter((name) => name !== "app").sort(), this.provenance);
  }

  async #act(step: Step): Promise<string[]> {
    // Some time passes: the site's dates have whole seconds.
    this.world.clock.skip(60_000);
    if ("user" in step) return await actAsUser(step, this);
    if ("site" in step) return this.#changeSite(step);
    const { requests } = this.world.simulator;
    requests.clear();
    this.world.profile.heard.length = 0;
    const told = step.app === "crash"
      ? await this.#crash(step)
      : await askApp(step, this.world.profile);
    return [...told, ...this.#traffic()];
  }

  /** What a step asked the site's hosts for. */
  #traffic(): string[] {
    const asked = links(this.world).length;
    const resumed = this.world.simulator.requests.all()
      .filter(({ headers }) => /^bytes=[1-9]/.test(headers["range"] ?? "")).length;
    return [
      ...(asked === 0 ? [] : [`download addresses asked for: ${asked}`]),
      ...(resumed === 0 ? [] : [`transfers that began in the middle: ${resumed}`]),
    ];
  }

  #changeSite(step: SiteStep): string[] {
    const { world } = this.world.simulator;
    let told: string[] = [];
    if (step.site === "addObject") told = [`it is object-${world.addObject()}`];
    else if (step.site === "renameObject") world.renameObject(step.object, step.title);
    else if (step.site === "renameFile") told = [`it is ${world.renameFile(step.object)}`];
    else world[step.site](step.object);
    this.#learn();
    return told;
  }

  /** The process dies in a sync: what the database had at that moment is what the next process finds. */
  async #crash({ instead, of, after }: CrashStep): Promise<string[]> {
    const { profile } = this.world;
    const path = join(profile.appData, DATABASE_NAME);
    const found = join(profile.appData, "as-it-was.db");
    let written = 0;
    this.#disk.arm((operation) => {
      if (operation.name !== instead || !operation.path.includes(of)) return false;
      written += operation.bytes;
      return written - operation.bytes >= after;
    }, () => {
      using db = new DatabaseSync(path, { readOnly: true });
      db.exec(`VACUUM INTO '${found.replaceAll("'", "''")}'`);
      profile.engine.stop();
    });
    await profile.engine.sync().catch(() => {});
    if (!this.#disk.isDead) throw new Error(`Nothing was done that is "${instead}" of "${of}"`);
    await profile.engine.close();
    for (const suffix of ["-wal", "-shm"]) await Deno.remove(path + suffix).catch(() => {});
    await Deno.rename(found, path);
    this.#disk.revive();
    await profile.reopen();
    return [];
  }

  #learn(): void {
    this.provenance.learn(this.world.simulator.reference());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }
}
