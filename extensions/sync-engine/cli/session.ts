import type { EngineDoor } from "./opened_engine.ts";
import type { DemoSite } from "./profile_card.ts";
import type { Profile } from "./profile.ts";
import type { Reporter } from "./reporter.ts";
import type { World } from "./world.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean | undefined;
  readonly appData?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly root?: string | undefined;
}

/** What a command needs besides the engine. */
export interface Needs {
  /** Talks to sites: the library of a demo then gets its simulated one. @default {false} */
  readonly sites?: boolean;
  /** `--root` chooses the folder, for good or for once, rather than naming the one that is. */
  readonly choosesRoot?: "kept" | "once";
  /** Only looks, so that it can work while a sync does. @default {false} */
  readonly reads?: boolean;
  /** Makes the library one of a simulated site. @default {null} */
  readonly demo?: DemoSite | null;
}

/** What a command works with. */
export interface Session {
  readonly world: World;
  readonly engine: EngineDoor;
  readonly reporter: Reporter;
  /** Aborts when the user wants the command to stop. */
  readonly signal: AbortSignal;
  readonly profile: Profile;
  /** Whether the library's folder was made for this command, so that it holds nothing else. */
  readonly ownFolder: boolean;
  /** Where sign-ins are kept. */
  readonly signInsAreIn: "keychain" | "encrypted file";
  /** The simulated site that the library is of, null for real ones. */
  readonly demo: DemoSite | null;
}

/** The work of a command; resolves to the exit code. */
export type Work = (session: Session) => Promise<number>;

/** Runs a command's work with all that it needs, and hands its exit code on. */
export type RunCommand = (options: CommonOptions, needs: Needs, work: Work) => Promise<void>;
